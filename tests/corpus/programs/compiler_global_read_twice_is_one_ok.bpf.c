/* Nothing can change the variable between its two reads: the compiler reads it once, and there is no way with both answers. */
#include "kfuncs.h"

int wanted, priority;

SEC("tc")
int cls(struct __sk_buff *skb)
{
	struct task_struct *p = NULL;

	if (wanted) {
		p = bpf_task_from_pid(wanted);
		if (!p)
			return 0;
	}
	if (priority && wanted)
		priority = p->prio;
	if (p)
		bpf_task_release(p);
	return 0;
}

SEC("tc")
int flag_decides(struct __sk_buff *skb)
{
	struct task_struct *p;

	p = bpf_task_from_pid(1);
	if (!p)
		return 0;
	if (wanted > 3)
		priority = 1;
	if (wanted <= 3 || priority == 1)
		bpf_task_release(p);
	return 0;
}
