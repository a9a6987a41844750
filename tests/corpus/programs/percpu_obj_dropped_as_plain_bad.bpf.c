#include "own.h"
extern void *bpf_percpu_obj_new_impl(__u64 local_type_id, void *meta) __ksym;
extern void bpf_percpu_obj_drop_impl(void *kptr, void *meta) __ksym;
#define percpu_new(T) ((T *)bpf_percpu_obj_new_impl(bpf_core_type_id_local(T), NULL))
struct stats { u64 packets; };

SEC("tc")
int make(struct __sk_buff *skb)
{
	struct stats *s = percpu_new(struct stats);

	if (s)
		obj_drop(s);
	return 0;
}
