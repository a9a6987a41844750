/* A per-CPU object is used as if there were one, or asked for before a map holds it. */
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

SEC("tc") int read_from_map(struct __sk_buff *skb)
{
	struct slot *kept = slot();
	struct counter *counter;
	if (!kept)
		return 0;
	counter = kept->counter;
	if (counter)
		seen = counter->count;
	return 0;
}
SEC("tc") int counted_in_map(struct __sk_buff *skb)
{
	struct slot *kept = slot();
	struct counter *counter;
	if (!kept)
		return 0;
	counter = kept->counter;
	if (counter)
		counter->other++;
	return 0;
}
SEC("syscall") int read_outside_rcu(void *ctx)
{
	struct slot *kept = slot();
	struct counter *counter;
	if (!kept)
		return 0;
	counter = kept->counter;
	if (counter)
		seen = counter->count;
	return 0;
}
SEC("tc") int written_when_new(struct __sk_buff *skb)
{
	struct counter *counter = percpu_obj_new(struct counter);
	if (!counter)
		return 0;
	counter->count = 1;
	percpu_obj_drop(counter);
	return 0;
}
SEC("tc") int own_given_to_helper(struct __sk_buff *skb)
{
	struct counter *counter = percpu_obj_new(struct counter), *one;
	if (!counter)
		return 0;
	one = bpf_per_cpu_ptr(counter, 0);
	if (one)
		one->count = 1;
	percpu_obj_drop(counter);
	return 0;
}
SEC("tc") int own_given_to_this_cpu(struct __sk_buff *skb)
{
	struct counter *counter = percpu_obj_new(struct counter), *one;
	if (!counter)
		return 0;
	one = bpf_this_cpu_ptr(counter);
	one->count = 1;
	percpu_obj_drop(counter);
	return 0;
}
SEC("tc") int not_checked(struct __sk_buff *skb)
{
	struct slot *kept = slot();
	struct counter *counter;
	if (!kept)
		return 0;
	counter = kept->counter;
	seen = counter->count;
	return 0;
}
