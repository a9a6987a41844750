/* Over a call others may have written there. */
#include "kfuncs.h"

struct settings {
	u32 mode, level;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct settings);
} settings SEC(".maps");

SEC("syscall")
int over_a_call(void *ctx)
{
	u32 key = 0;
	struct settings *found = bpf_map_lookup_elem(&settings, &key);

	if (!found)
		return 0;
	found->mode = 1;
	bpf_ktime_get_ns();
	if (found->mode != 1)
		bpf_rcu_read_lock();
	return 0;
}

SEC("syscall")
int another_member(void *ctx)
{
	u32 key = 0;
	struct settings *found = bpf_map_lookup_elem(&settings, &key);

	if (!found)
		return 0;
	found->mode = 1;
	if (found->level != 1)
		bpf_rcu_read_lock();
	return 0;
}
