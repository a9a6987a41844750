/* The kernel refuses the types of a map, and then knows of no lock, timer or kptr in it. */
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
	__uint(type, LRU_HASH);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct locked);
} in_lru SEC(".maps");
struct {
	__uint(type, PERCPU_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct locked);
} in_percpu SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct two_locks);
} twice SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct two_timers);
} timed_twice SEC(".maps");
struct {
	__uint(type, PERCPU_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct timed);
} timed_percpu SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct holder);
} held SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct locked_holder);
} held_lock SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct without_lock);
} listed SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__uint(value_size, sizeof(struct locked));
} by_size SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__uint(value_size, sizeof(struct kept));
} kept_by_size SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__uint(value_size, sizeof(struct timed));
} timed_by_size SEC(".maps");
SEC("tc") int lock_in_lru(struct __sk_buff *skb)
{
	u32 key = 0;
	struct locked *value = bpf_map_lookup_elem(&in_lru, &key);
	if (!value)
		return 0;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int lock_in_percpu(struct __sk_buff *skb)
{
	u32 key = 0;
	struct locked *value = bpf_map_lookup_elem(&in_percpu, &key);
	if (!value)
		return 0;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int two_locks_in_one(struct __sk_buff *skb)
{
	u32 key = 0;
	struct two_locks *value = bpf_map_lookup_elem(&twice, &key);
	if (!value)
		return 0;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int two_timers_in_one(struct __sk_buff *skb)
{
	u32 key = 0;
	struct two_timers *value = bpf_map_lookup_elem(&timed_twice, &key);
	if (!value)
		return 0;
	bpf_timer_init(&value->timer, &timed_twice, 1);
	return 0;
}
SEC("tc") int timer_in_percpu(struct __sk_buff *skb)
{
	u32 key = 0;
	struct timed *value = bpf_map_lookup_elem(&timed_percpu, &key);
	if (!value)
		return 0;
	bpf_timer_init(&value->timer, &timed_percpu, 1);
	return 0;
}
SEC("tc") int beside_a_struct_only_named(struct __sk_buff *skb)
{
	u32 key = 0;
	struct holder *value = bpf_map_lookup_elem(&held, &key);
	struct task_struct *old;
	if (!value)
		return 0;
	old = bpf_kptr_xchg(&value->task, NULL);
	if (old)
		bpf_task_release(old);
	return 0;
}
SEC("tc") int lock_beside_a_struct_only_named(struct __sk_buff *skb)
{
	u32 key = 0;
	struct locked_holder *value = bpf_map_lookup_elem(&held_lock, &key);
	if (!value)
		return 0;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int list_without_a_lock(struct __sk_buff *skb)
{
	u32 key = 0;
	struct without_lock *value = bpf_map_lookup_elem(&listed, &key);
	struct task_struct *old;
	if (!value)
		return 0;
	old = bpf_kptr_xchg(&value->task, NULL);
	if (old)
		bpf_task_release(old);
	return 0;
}
SEC("tc") int lock_by_size(struct __sk_buff *skb)
{
	u32 key = 0;
	struct locked *value = bpf_map_lookup_elem(&by_size, &key);
	if (!value)
		return 0;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int timer_by_size(struct __sk_buff *skb)
{
	u32 key = 0;
	struct timed *value = bpf_map_lookup_elem(&timed_by_size, &key);
	if (!value)
		return 0;
	bpf_timer_init(&value->timer, &timed_by_size, 1);
	return 0;
}
SEC("tc") int kptr_by_size(struct __sk_buff *skb)
{
	u32 key = 0;
	struct kept *value = bpf_map_lookup_elem(&kept_by_size, &key);
	struct task_struct *old;
	if (!value)
		return 0;
	old = bpf_kptr_xchg(&value->task, NULL);
	if (old)
		bpf_task_release(old);
	return 0;
}
