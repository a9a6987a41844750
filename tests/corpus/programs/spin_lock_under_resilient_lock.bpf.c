/* Under a resilient lock no plain one is taken, under a plain one no resilient one. */
#include "kfuncs.h"

extern int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym;
extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym;
struct both {
	struct bpf_spin_lock lock;
	u64 count;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct both);
} plain SEC(".maps");
struct resilient {
	struct bpf_res_spin_lock lock;
	u64 count;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct resilient);
} res SEC(".maps");

SEC("tc") int plain_under_resilient(struct __sk_buff *skb)
{
	u32 key = 0;
	struct both *value = bpf_map_lookup_elem(&plain, &key);
	struct resilient *other = bpf_map_lookup_elem(&res, &key);
	if (!value || !other)
		return 0;
	if (bpf_res_spin_lock(&other->lock))
		return 0;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	bpf_res_spin_unlock(&other->lock);
	return 0;
}
SEC("tc") int resilient_under_plain(struct __sk_buff *skb)
{
	u32 key = 0;
	struct both *value = bpf_map_lookup_elem(&plain, &key);
	struct resilient *other = bpf_map_lookup_elem(&res, &key);
	if (!value || !other)
		return 0;
	bpf_spin_lock(&value->lock);
	if (!bpf_res_spin_lock(&other->lock))
		bpf_res_spin_unlock(&other->lock);
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int one_after_the_other(struct __sk_buff *skb)
{
	u32 key = 0;
	struct both *value = bpf_map_lookup_elem(&plain, &key);
	struct resilient *other = bpf_map_lookup_elem(&res, &key);
	if (!value || !other)
		return 0;
	if (bpf_res_spin_lock(&other->lock))
		return 0;
	bpf_res_spin_unlock(&other->lock);
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}
SEC("tc") int helper_under_resilient(struct __sk_buff *skb)
{
	u32 key = 0;
	struct resilient *other = bpf_map_lookup_elem(&res, &key);
	if (!other)
		return 0;
	if (bpf_res_spin_lock(&other->lock))
		return 0;
	other->count = bpf_get_prandom_u32();
	bpf_res_spin_unlock(&other->lock);
	return 0;
}
