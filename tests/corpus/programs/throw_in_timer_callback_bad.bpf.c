#include "own.h"
extern void bpf_throw(u64 cookie) __ksym;
#define handles(f) __attribute__((btf_decl_tag("exception_callback:" #f)))

struct elem { struct bpf_timer timer; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct elem); } timers SEC(".maps");

static int fires(void *map, int *key, struct elem *e)
{
	bpf_throw(0);
	return 0;
}

SEC("tc")
int guard(struct __sk_buff *skb)
{
	int key = 0;
	struct elem *e = bpf_map_lookup_elem(&timers, &key);

	if (e)
		bpf_timer_set_callback(&e->timer, fires);
	return 0;
}
