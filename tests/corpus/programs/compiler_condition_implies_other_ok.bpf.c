/* Nothing is larger than ten and smaller than five: the path that leaks is not there. */
#include "kfuncs.h"

u64 n;

SEC("tc")
int cls(struct __sk_buff *skb)
{
	struct task_struct *p;
	u32 len = skb->len;

	if (len <= 10)
		return 0;
	p = bpf_task_from_pid(1);
	if (!p)
		return 0;
	n++;
	if (len < 5)
		return 1;
	bpf_task_release(p);
	return 0;
}
