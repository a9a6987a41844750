#include "own.h"

const volatile char text[64];

/* Each of these helpers writes into the memory it is given, and its prototype says so on kernels that check it. */
SEC("tc")
int route(struct __sk_buff *skb)
{
	return bpf_fib_lookup(skb, (struct bpf_fib_lookup *)text, sizeof(struct bpf_fib_lookup), 0) != 0;
}

SEC("cgroup/sysctl")
int name(struct bpf_sysctl *ctx)
{
	return bpf_sysctl_get_name(ctx, (char *)text, sizeof(text), 0) > 0;
}

SEC("perf_event")
int branches(struct bpf_perf_event_data *ctx)
{
	bpf_read_branch_records(ctx, (void *)text, 48, 0);
	return 0;
}

struct bpf_iter__task_file___own {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	u64 fd;
	struct file *file;
};

SEC("iter/task_file")
int path(struct bpf_iter__task_file___own *ctx)
{
	struct file *file = ctx->file;

	if (file)
		bpf_d_path((struct path *)&file->f_path, (char *)text, sizeof(text));
	return 0;
}

SEC("syscall")
int print(void *ctx)
{
	struct btf_ptr number = {};

	return bpf_snprintf_btf((char *)text, sizeof(text), &number, sizeof(number), 0) < 0;
}

SEC("raw_tp/sched_switch")
int stack(struct bpf_raw_tracepoint_args *ctx)
{
	bpf_get_stack(ctx, (void *)text, sizeof(text), 0);
	return 0;
}
