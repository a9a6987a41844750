/* A number that is no NULL, and a map, where memory is taken. */
#include "own.h"
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer, u32 buffer__szk) __ksym;

struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, u64); } inner SEC(".maps");
struct {
	__uint(type, 12); __uint(max_entries, 1); __uint(key_size, 4); __uint(value_size, 4);
	__array(values, struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, u64); });
} outer SEC(".maps") = { .values = { &inner } };
char bytes[64];

#define LEND(name, buffer) \
SEC("tc") \
int name(struct __sk_buff *skb) \
{ \
	struct bpf_dynptr d; \
	int key = 0; \
	char *p; \
\
	if (bpf_dynptr_from_mem(bytes, sizeof(bytes), 0, &d)) \
		return 0; \
	p = bpf_dynptr_slice(&d, 0, buffer, 8); \
	bytes[1] = !!p; \
	return 0; \
}

LEND(a_number, (void *)0x1234)
LEND(a_map, &inner)
LEND(a_map_of_a_map, bpf_map_lookup_elem(&outer, &key))

__noinline int reads(const u64 *p) { return p ? *p & 1 : 0; }

SEC("tc")
int to_a_function(struct __sk_buff *skb) { return reads((u64 *)0x1234); }

SEC("tc")
int nothing_to_a_function(struct __sk_buff *skb) { return reads(0); }
