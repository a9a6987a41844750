#include "own.h"
#ifndef container_of
#define container_of(ptr, type, member)                                                                                \
	({                                                                                                             \
		void *__mptr = (void *)(ptr);                                                                          \
		((type *)(__mptr - __builtin_offsetof(type, member)));                                                 \
	})
#endif

extern struct bpf_list_node *bpf_list_pop_front(struct bpf_list_head *head) __ksym;

struct job {
	struct bpf_list_node link;
	u64 id;
};

private(JOBS) struct bpf_spin_lock lock;
private(JOBS) struct bpf_list_head jobs owns(job, link);

SEC("syscall")
int submit(void *ctx)
{
	struct job *j = obj_new(typeof(*j));

	if (!j)
		return 0;
	j->id = bpf_get_prandom_u32();
	bpf_spin_lock(&lock);
	push_back(&jobs, &j->link);
	bpf_spin_unlock(&lock);
	return 0;
}

u64 last;

SEC("syscall")
int consume(void *ctx)
{
	struct bpf_list_node *n;
	struct job *j;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front(&jobs);
	bpf_spin_unlock(&lock);
	if (!n)
		return 0;
	j = container_of(n, struct job, link);
	last = j->id;
	obj_drop(j);
	return 0;
}
