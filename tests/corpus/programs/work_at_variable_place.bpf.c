/* A work queue or timer lies at a constant offset; of work queues, older kernels look at the constant part only. */
#include "kfuncs.h"

extern int bpf_wq_init(struct bpf_wq *wq, void *p__map, unsigned int flags) __ksym;
struct queued {
	int key;
	struct bpf_wq work;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct queued);
} queued SEC(".maps");
SEC("tc") int variable_place(void *ctx)
{
	u32 key = 0;
	struct queued *value = bpf_map_lookup_elem(&queued, &key);
	struct bpf_wq *work;
	if (!value)
		return 0;
	work = &value->work + bpf_get_prandom_u32();
	bpf_wq_init(work, &queued, 0);
	return 0;
}
SEC("tc") int its_place(void *ctx)
{
	u32 key = 0;
	struct queued *value = bpf_map_lookup_elem(&queued, &key);
	if (!value)
		return 0;
	bpf_wq_init(&value->work, &queued, 0);
	return 0;
}
