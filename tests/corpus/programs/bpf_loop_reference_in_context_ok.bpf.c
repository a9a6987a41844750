/* A callback reads through a reference that its caller holds. */
#include "kfuncs.h"
struct work { struct task_struct *p; u64 sum; };

static long step(u32 i, struct work *w)
{
	w->sum += i;
	return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct work w = { .sum = 0 };

	w.p = bpf_task_acquire(task);
	if (!w.p)
		return 0;
	bpf_loop(10, step, &w, 0);
	bpf_printk("%llu", w.sum);
	bpf_task_release(w.p);
	return 0;
}
