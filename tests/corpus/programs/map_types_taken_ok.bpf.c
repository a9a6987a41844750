/* What the kernel takes: locks in hashes and arrays, timers also in LRU maps, kptrs also in per-CPU ones, structs that are made
 * somewhere. */
#include "own.h"

enum { PERCPU_ARRAY = 6, LRU_HASH = 9 };
extern void bpf_task_release(struct task_struct *task) __ksym;
struct locked {
	struct bpf_spin_lock lock;
	u64 count;
};
struct two_locks {
	struct bpf_spin_lock lock;
	struct bpf_spin_lock other;
	u64 count;
};
struct timed {
	struct bpf_timer timer;
	u64 count;
};
struct two_timers {
	struct bpf_timer timer;
	struct bpf_timer other;
	u64 count;
};
struct kept {
	struct task_struct __kptr *task;
	u64 count;
};
struct only_named {
	u64 a, b;
};
struct holder {
	struct only_named __kptr *named;
	struct task_struct __kptr *task;
};
struct locked_holder {
	struct only_named __kptr *named;
	struct bpf_spin_lock lock;
	u64 count;
};
struct made {
	u64 a, b;
};
struct maker {
	struct made __kptr *made;
	struct task_struct __kptr *task;
};
struct node {
	struct bpf_list_node link;
	u64 a;
};
struct without_lock {
	struct bpf_list_head head owns(node, link);
	struct task_struct __kptr *task;
};
struct with_lock {
	struct bpf_list_head head owns(node, link);
	struct bpf_spin_lock lock;
	struct task_struct __kptr *task;
	u64 count;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct locked);
} hashed SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct with_lock);
} listed SEC(".maps");
struct {
	__uint(type, LRU_HASH);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct kept);
} kept_lru SEC(".maps");
struct {
	__uint(type, PERCPU_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct kept);
} kept_percpu SEC(".maps");
struct {
	__uint(type, LRU_HASH);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct timed);
} timed_lru SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct maker);
} made_kept SEC(".maps");
SEC("tc") int lock_in_hash(struct __sk_buff *skb)
{
	u32 key = 0;
	struct locked *value = bpf_map_lookup_elem(&hashed, &key);
	if (!value)
		return 0;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int lock_beside_a_list(struct __sk_buff *skb)
{
	u32 key = 0;
	struct with_lock *value = bpf_map_lookup_elem(&listed, &key);
	if (!value)
		return 0;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int kptr_beside_a_list(struct __sk_buff *skb)
{
	u32 key = 0;
	struct with_lock *value = bpf_map_lookup_elem(&listed, &key);
	struct task_struct *old;
	if (!value)
		return 0;
	old = bpf_kptr_xchg(&value->task, NULL);
	if (old)
		bpf_task_release(old);
	return 0;
}
SEC("tc") int kptr_in_lru(struct __sk_buff *skb)
{
	u32 key = 0;
	struct kept *value = bpf_map_lookup_elem(&kept_lru, &key);
	struct task_struct *old;
	if (!value)
		return 0;
	old = bpf_kptr_xchg(&value->task, NULL);
	if (old)
		bpf_task_release(old);
	return 0;
}
SEC("tc") int kptr_in_percpu(struct __sk_buff *skb)
{
	u32 key = 0;
	struct kept *value = bpf_map_lookup_elem(&kept_percpu, &key);
	struct task_struct *old;
	if (!value)
		return 0;
	old = bpf_kptr_xchg(&value->task, NULL);
	if (old)
		bpf_task_release(old);
	return 0;
}
SEC("tc") int timer_in_lru(struct __sk_buff *skb)
{
	u32 key = 0;
	struct timed *value = bpf_map_lookup_elem(&timed_lru, &key);
	if (!value)
		return 0;
	bpf_timer_init(&value->timer, &timed_lru, 1);
	return 0;
}
SEC("tc") int beside_a_struct_that_is_made(struct __sk_buff *skb)
{
	u32 key = 0;
	struct maker *value = bpf_map_lookup_elem(&made_kept, &key);
	struct task_struct *old;
	if (!value)
		return 0;
	old = bpf_kptr_xchg(&value->task, NULL);
	if (old)
		bpf_task_release(old);
	return 0;
}
SEC("tc") int makes_it(struct __sk_buff *skb)
{
	struct made *made = obj_new(struct made);
	struct node *node = obj_new(struct node);
	if (made)
		obj_drop(made);
	if (node)
		obj_drop(node);
	return 0;
}
