/* A helper tells where the object of one CPU lies. */
#include "own.h"

extern void *bpf_percpu_obj_new_impl(__u64 local_type_id, void *meta) __ksym;
extern void bpf_percpu_obj_drop_impl(void *kptr, void *meta) __ksym;
#define percpu_obj_new(T) ((T *)bpf_percpu_obj_new_impl(bpf_core_type_id_local(T), NULL))
#define percpu_obj_drop(p) bpf_percpu_obj_drop_impl(p, NULL)
struct counter {
	u64 count;
	u64 other;
};
struct slot {
	struct counter __percpu_kptr *counter;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct slot);
} slots SEC(".maps");
u64 seen;
static __always_inline struct slot *slot(void)
{
	u32 key = 0;
	return bpf_map_lookup_elem(&slots, &key);
}
SEC("tc") int fill(struct __sk_buff *skb)
{
	struct slot *kept = slot();
	struct counter *counter;
	if (!kept)
		return 0;
	counter = percpu_obj_new(struct counter);
	if (!counter)
		return 0;
	counter = bpf_kptr_xchg(&kept->counter, counter);
	if (counter)
		percpu_obj_drop(counter);
	return 0;
}

SEC("tc") int of_this_cpu(struct __sk_buff *skb)
{
	struct slot *kept = slot();
	struct counter *counter, *one;
	if (!kept)
		return 0;
	counter = kept->counter;
	if (!counter)
		return 0;
	one = bpf_this_cpu_ptr(counter);
	one->count++;
	seen = one->other;
	return 0;
}
SEC("tc") int of_another_cpu(struct __sk_buff *skb)
{
	struct slot *kept = slot();
	struct counter *counter, *one;
	if (!kept)
		return 0;
	counter = kept->counter;
	if (!counter)
		return 0;
	one = bpf_per_cpu_ptr(counter, skb->len);
	if (one)
		one->count++;
	return 0;
}
SEC("tc") int after_it_was_given_away(struct __sk_buff *skb)
{
	struct slot *kept = slot();
	struct counter *counter, *old, *one;
	if (!kept)
		return 0;
	counter = percpu_obj_new(struct counter);
	if (!counter)
		return 0;
	old = bpf_kptr_xchg(&kept->counter, counter);
	if (old)
		percpu_obj_drop(old);
	one = bpf_this_cpu_ptr(counter);
	one->count = 1;
	return 0;
}
