/* What was stored or read is read again without a call between: the compiler takes the first. */
#include "kfuncs.h"

struct task_struct *kept;
u64 address;
struct item {
	u32 state, other;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct item);
} items SEC(".maps");

SEC("syscall") int pointer_in_variable(void *ctx)
{
	kept = bpf_task_from_pid(1);
	if (!kept)
		return 0;
	bpf_task_release(kept);
	return 0;
}
SEC("syscall") int address_in_variable(void *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	address = (u64)task;
	bpf_task_release((void *)address);
	return 0;
}
SEC("syscall") int member_of_value(void *ctx)
{
	u32 key = 0;
	struct item *item = bpf_map_lookup_elem(&items, &key);
	struct task_struct *task;
	if (!item)
		return 0;
	task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	if (item->state == 3 && item->state != 3)
		return 1;
	bpf_task_release(task);
	return 0;
}
SEC("xdp") int packet_checked_twice(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	if (data + 34 > end)
		return 1;
	bpf_rcu_read_lock();
	if (data + 34 > end)
		return 2;
	bpf_rcu_read_unlock();
	return 0;
}
SEC("xdp") int packet_checked_for_less(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	if (data + 34 > end)
		return 1;
	bpf_rcu_read_lock();
	if (data + 14 > end)
		return 2;
	bpf_rcu_read_unlock();
	return 0;
}
