/* One static function opens the RCU section and another closes it. */
#include "kfuncs.h"

int ppid;

static __noinline void open_section(void)
{
	bpf_rcu_read_lock();
}

static __noinline void close_section(void)
{
	bpf_rcu_read_unlock();
}

SEC("syscall")
int run(void *ctx)
{
	struct task_struct *t = bpf_get_current_task_btf(), *parent;

	open_section();
	parent = t->real_parent;
	ppid = parent->pid;
	close_section();
	return 0;
}
