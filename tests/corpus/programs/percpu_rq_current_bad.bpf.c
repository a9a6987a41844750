#include "own.h"
extern const struct rq runqueues __ksym;
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct rq___own {
	union {
		struct task_struct *donor;
		struct task_struct *curr;
	};
} __attribute__((preserve_access_index));

/* Nothing that is walked to from a kernel variable is protected, in an RCU section either. */
SEC("tp_btf/task_newtask")
int BPF_PROG(own_current, struct task_struct *task, u64 clone_flags)
{
	struct rq___own *rq = (void *)bpf_this_cpu_ptr(&runqueues);
	struct task_struct *t;

	bpf_rcu_read_lock();
	t = rq->curr;
	if (t)
		t = bpf_task_acquire(t);
	bpf_rcu_read_unlock();
	if (t)
		bpf_task_release(t);
	return 0;
}
