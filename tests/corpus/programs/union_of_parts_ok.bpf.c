/* A number read as a whole is made of the parts that were written. */
#include "kfuncs.h"

union word {
	u32 all;
	struct {
		u8 low, next;
		u16 high;
	};
};

SEC("syscall")
int part_replaced(void *ctx)
{
	union word word = {.all = bpf_get_prandom_u32()};
	u32 all;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	word.low = 1;
	all = word.all;
	if ((all & 0xff) == 1)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int upper_parts_known(void *ctx)
{
	union word word = {};
	u32 all;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	word.low = bpf_get_prandom_u32();
	word.next = 2;
	all = word.all;
	if (all >> 8 == 2)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int upper_part_is_zero(void *ctx)
{
	union word word;
	u32 all;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	word.low = bpf_get_prandom_u32();
	word.next = 2;
	word.high = 0;
	all = word.all;
	if (all < 0x10000)
		bpf_task_release(task);
	return 0;
}

SEC("syscall")
int bits_between(void *ctx)
{
	union word word = {};
	u32 all;
	struct task_struct *task = bpf_task_from_pid(1);

	if (!task)
		return 0;
	word.low = bpf_get_prandom_u32();
	word.next = 6;
	all = word.all;
	if ((all & 0x600) == 0x600)
		bpf_task_release(task);
	return 0;
}
