/* A call, or `volatile`, makes the compiler read the variable again: both answers may come together. */
#include "kfuncs.h"

int wanted;
volatile int changing;

SEC("tc")
int call_between(struct __sk_buff *skb)
{
	struct task_struct *p;

	p = bpf_task_from_pid(1);
	if (!p)
		return 0;
	if (wanted > 3)
		bpf_task_release(p);
	bpf_printk("here");
	if (wanted <= 3)
		bpf_task_release(p);
	return 0;
}

SEC("tc")
int read_anew_each_time(struct __sk_buff *skb)
{
	struct task_struct *p;

	p = bpf_task_from_pid(1);
	if (!p)
		return 0;
	if (changing > 3)
		bpf_task_release(p);
	if (changing <= 3)
		bpf_task_release(p);
	return 0;
}
