/* A number of which the verifier knows nothing is returned where only some may be. */
#include "kfuncs.h"

struct item {
	u32 state;
	u64 count;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, struct item);
} items SEC(".maps");
u32 setting;

static long random_round(u32 index, void *ctx)
{
	return bpf_get_prandom_u32();
}
static long error_of_update(struct bpf_map *map, const u32 *key, struct item *item, void *ctx)
{
	struct item other = {};
	u32 first = 0;
	return bpf_map_update_elem(&items, &first, &other, 0);
}
static long state_of_item(struct bpf_map *map, const u32 *key, struct item *item, void *ctx)
{
	return item->state;
}
SEC("tc") int loop_callback(void *ctx)
{
	bpf_loop(4, random_round, NULL, 0);
	return 0;
}
SEC("tc") int callback_returns_error(void *ctx)
{
	bpf_for_each_map_elem(&items, error_of_update, NULL, 0);
	return 0;
}
SEC("tc") int callback_returns_state(void *ctx)
{
	bpf_for_each_map_elem(&items, state_of_item, NULL, 0);
	return 0;
}
SEC("cgroup/sock_create") int returns_setting(void *ctx)
{
	return setting;
}
SEC("cgroup/sock_create") int returns_state(void *ctx)
{
	u32 key = 0;
	struct item *item = bpf_map_lookup_elem(&items, &key);
	if (!item)
		return 1;
	return item->state;
}
SEC("sockops") int returns_random(void *ctx)
{
	return bpf_get_prandom_u32();
}
SEC("fentry/bpf_fentry_test1") int fentry_returns_error(void *ctx)
{
	struct item other = {};
	u32 first = 0;
	return bpf_map_update_elem(&items, &first, &other, 0);
}
