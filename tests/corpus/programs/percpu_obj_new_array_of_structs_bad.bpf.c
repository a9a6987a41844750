#include "own.h"
extern void *bpf_percpu_obj_new_impl(__u64 local_type_id, void *meta) __ksym;
extern void bpf_percpu_obj_drop_impl(void *kptr, void *meta) __ksym;
#define percpu_new(T) ((T *)bpf_percpu_obj_new_impl(bpf_core_type_id_local(T), NULL))
struct pair { u64 a, b; };
struct stats { struct pair rx, tx[2]; };

SEC("tc")
int make(struct __sk_buff *skb)
{
	struct stats *s = percpu_new(struct stats);

	if (s)
		bpf_percpu_obj_drop_impl(s, NULL);
	return 0;
}
