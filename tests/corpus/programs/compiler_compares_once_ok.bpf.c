/* What was compared with a number is not compared with it again: there is no way on which both comparisons differ. */
#include "kfuncs.h"

static __noinline int outcome(u32 mark)
{
	return mark > 7 ? -16 : mark == 3 ? 5 : 0;
}

SEC("tc")
int cls(struct __sk_buff *skb)
{
	struct task_struct *p = NULL;
	int error;

	error = outcome(skb->mark);
	if (error != 4)
		p = bpf_task_from_pid(1);
	if (error == 4)
		return 1;
	if (!p)
		return 0;
	bpf_task_release(p);
	return 0;
}
