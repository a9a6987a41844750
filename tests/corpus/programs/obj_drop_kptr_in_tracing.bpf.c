/* Objects dropped where a program may have interrupted anything: newer kernels look at what is in them. */
#include "own.h"

extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct holder {
	struct task_struct __kptr *task;
	__u64 count;
};

struct counted {
	struct bpf_refcount refs;
	__u64 count;
};

SEC("tp_btf/sched_wakeup")
int BPF_PROG(with_kptr, struct task_struct *p)
{
	struct holder *holder = obj_new(struct holder);

	if (!holder)
		return 0;
	holder->count = p->pid;
	obj_drop(holder);
	return 0;
}

SEC("tp_btf/sched_wakeup")
int BPF_PROG(with_refcount, struct task_struct *p)
{
	struct counted *counted = obj_new(struct counted);

	if (!counted)
		return 0;
	counted->count = p->pid;
	obj_drop(counted);
	return 0;
}

SEC("iter/task")
int with_kptr_in_iterator(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct holder *holder;

	if (!task)
		return 0;
	holder = obj_new(struct holder);
	if (!holder)
		return 0;
	holder->count = task->pid;
	obj_drop(holder);
	return 0;
}

SEC("tc")
int with_kptr_in_tc(struct __sk_buff *skb)
{
	struct holder *holder = obj_new(struct holder);

	if (!holder)
		return 0;
	holder->count = skb->len;
	obj_drop(holder);
	return 0;
}
