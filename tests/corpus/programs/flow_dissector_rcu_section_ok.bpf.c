/* The flow dissector: an RCU section around a cast of the current task. */
#include "kfuncs.h"

int parent;

SEC("flow_dissector")
int dissect(struct __sk_buff *skb)
{
	struct task_struct *t;

	bpf_rcu_read_lock();
	t = bpf_rdonly_cast((void *)bpf_get_current_task(), bpf_core_type_id_kernel(struct task_struct));
	parent = t->tgid;
	bpf_rcu_read_unlock();
	return BPF_OK;
}
