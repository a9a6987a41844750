/* Two dynptrs of one memory and a slice of it lie in one variable: what gives the memory back takes all of them. */
#include "own.h"
extern int bpf_dynptr_clone(const struct bpf_dynptr *p, struct bpf_dynptr *clone__uninit) __ksym;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct held {
	struct bpf_dynptr event, copy;
	int *volatile slice;
};

int seen;

SEC("tp_btf/task_newtask")
int slice_of_first(void *ctx)
{
	struct held h;

	bpf_ringbuf_reserve_dynptr(&events, 8, 0, &h.event);
	bpf_dynptr_clone(&h.event, &h.copy);
	h.slice = bpf_dynptr_data(&h.event, 0, 4);
	if (!h.slice) {
		bpf_ringbuf_discard_dynptr(&h.event, 0);
		return 0;
	}
	bpf_ringbuf_submit_dynptr(&h.event, 0);
	seen = *h.slice;
	return 0;
}
