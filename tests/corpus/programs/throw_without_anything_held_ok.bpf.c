/* An exception after everything was given back. */
#include "kfuncs.h"

SEC("tc")
int cls(struct __sk_buff *skb)
{
	struct task_struct *p = bpf_task_from_pid(skb->mark);

	if (!p)
		return 0;
	bpf_task_release(p);
	if (skb->len > 1000)
		bpf_throw(1);
	return 1;
}
