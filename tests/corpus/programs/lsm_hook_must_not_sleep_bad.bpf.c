#include "own.h"
/* A hook that is called where nothing may sleep takes no sleepable program, whatever it does. */
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

SEC("lsm.s/inode_permission")
int BPF_PROG(on_permission, struct inode *inode, int mask)
{
	return 0;
}

SEC("lsm.s/task_free")
int BPF_PROG(on_free, struct task_struct *task)
{
	struct task_struct *own = bpf_task_acquire(task);

	if (own)
		bpf_task_release(own);
	return 0;
}
