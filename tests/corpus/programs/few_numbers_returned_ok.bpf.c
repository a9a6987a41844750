/* A number that was narrowed, by a mask, a comparison or its type, may be returned where only some may be. */
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

static long masked(u32 index, void *ctx)
{
	return bpf_get_prandom_u32() & 1;
}
static long answer(struct bpf_map *map, const u32 *key, struct item *item, void *ctx)
{
	return item->state > 3;
}
static long has_failed(struct bpf_map *map, const u32 *key, struct item *item, void *ctx)
{
	struct item other = {};
	u32 first = 0;
	return !!bpf_map_update_elem(&items, &first, &other, 0);
}
SEC("tc") int loop_callback(void *ctx)
{
	bpf_loop(4, masked, NULL, 0);
	return 0;
}
SEC("tc") int callback_returns_answer(void *ctx)
{
	bpf_for_each_map_elem(&items, answer, NULL, 0);
	return 0;
}
SEC("tc") int callback_returns_failure(void *ctx)
{
	bpf_for_each_map_elem(&items, has_failed, NULL, 0);
	return 0;
}
SEC("cgroup/sock_create") int returns_limited(void *ctx)
{
	u32 value = setting;
	if (value > 1)
		return 1;
	return value;
}
SEC("cgroup/sock_create") int returns_top_bit(void *ctx)
{
	u32 key = 0;
	struct item *item = bpf_map_lookup_elem(&items, &key);
	if (!item)
		return 1;
	return item->state >> 31;
}
SEC("sockops") int returns_half(void *ctx)
{
	return bpf_get_prandom_u32() % 2;
}
SEC("xdp") int any_action(void *ctx)
{
	return bpf_get_prandom_u32();
}
SEC("tc") int any_verdict(void *ctx)
{
	return bpf_get_prandom_u32();
}
int __noinline state_of(u32 key)
{
	struct item *item = bpf_map_lookup_elem(&items, &key);
	if (!item)
		return 0;
	return item->state;
}
SEC("cgroup/sock_create") int global_function_returns_any(void *ctx)
{
	return state_of(bpf_get_prandom_u32()) > 2;
}
