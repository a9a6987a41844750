/* A work queue is given another map than its own. Kernels before 7.3 compare them only where that map has a work queue, too. */
#include "own.h"

extern int bpf_wq_init(struct bpf_wq *wq, void *p__map, unsigned int flags) __ksym;

struct work {
	struct bpf_wq wq;
};

struct item {
	struct bpf_timer timer;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct work);
} works SEC(".maps"), others SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct item);
} items SEC(".maps");

SEC("tc")
int map_without_work(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct work *work = bpf_map_lookup_elem(&works, &key);

	if (work)
		bpf_wq_init(&work->wq, &items, 0);
	return 0;
}

SEC("tc")
int map_with_work(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct work *work = bpf_map_lookup_elem(&works, &key);

	if (work)
		bpf_wq_init(&work->wq, &others, 0);
	return 0;
}
