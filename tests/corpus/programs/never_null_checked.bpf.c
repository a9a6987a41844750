/* A check of what the verifier knows not to be NULL has one way only, on some kernels and of some pointers. */
#include "kfuncs.h"

extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} numbers SEC(".maps");
u64 total;
SEC("syscall") int context(u64 *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!ctx)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("tc") int packet_context(struct __sk_buff *skb)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!skb)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("iter/task") int sequence(struct bpf_iter__task *ctx)
{
	struct task_struct *each = ctx->task;
	struct seq_file *seq = ctx->meta->seq;
	if (!each)
		return 0;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!seq)
		return 0;
	bpf_task_release(task);
	return 0;
}
SEC("iter/task") int meta(struct bpf_iter__task *ctx)
{
	struct task_struct *each = ctx->task;
	struct bpf_iter_meta *meta = ctx->meta;
	if (!each)
		return 0;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!meta)
		return 0;
	bpf_task_release(task);
	return 0;
}
SEC("tp_btf/task_newtask") int argument(u64 *ctx)
{
	struct task_struct *new = (struct task_struct *)ctx[0];
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!new)
		return 0;
	bpf_task_release(task);
	return 0;
}
SEC("tp_btf/task_newtask") int own_task(u64 *ctx)
{
	struct task_struct *own = bpf_get_current_task_btf();
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!own)
		return 0;
	bpf_task_release(task);
	return 0;
}
SEC("tp_btf/task_newtask") int member(u64 *ctx)
{
	struct task_struct *new = (struct task_struct *)ctx[0];
	struct task_struct *leader = new->real_parent;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!leader)
		return 0;
	bpf_task_release(task);
	return 0;
}
SEC("tp_btf/task_newtask") int number_member(u64 *ctx)
{
	struct task_struct *new = (struct task_struct *)ctx[0];
	struct mm_struct *mm = new->mm;
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!mm)
		return 0;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int map_value_again(u64 *ctx)
{
	u32 key = 0;
	u64 *number = bpf_map_lookup_elem(&numbers, &key);
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (!number) {
		bpf_task_release(task);
		return 0;
	}
	total += *number;
	if (!number)
		return 0;
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int acquired_again(u64 *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	struct task_struct *other = bpf_task_from_pid(2);
	if (!other) {
		bpf_task_release(task);
		return 0;
	}
	bpf_task_release(task);
	if (!other)
		return 0;
	bpf_task_release(other);
	return 0;
}
