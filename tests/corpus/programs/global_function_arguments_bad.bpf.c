#include "own.h"
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, int);
	__type(value, u64);
} counts SEC(".maps");

struct four { int a; };
struct sixteen { u64 a, b; };

__noinline int wants_value(struct four *v __attribute__((btf_decl_tag("arg:nonnull"))))
{
	return v->a;
}

__noinline int wants_task(struct task_struct *t __attribute__((btf_decl_tag("arg:trusted"))))
{
	return t->pid;
}

__noinline int takes_memory(struct four *v)
{
	if (!v)
		return 0;
	v->a = 1;
	return v->a;
}

__noinline int takes_more(struct sixteen *v)
{
	return v ? v->b : 0;
}

__noinline int takes_dynptr(const struct bpf_dynptr *p)
{
	int value = 0;

	return bpf_dynptr_read(&value, sizeof(value), p, 0, 0);
}

SEC("tp_btf/task_newtask")
int unchecked_value(void *ctx)
{
	int key = 3;

	return wants_value(bpf_map_lookup_elem(&counts, &key));
}

SEC("tp_btf/task_newtask")
int no_task(void *ctx)
{
	return wants_task(NULL);
}

SEC("tracepoint/syscalls/sys_enter_nanosleep")
int context_as_memory(void *ctx)
{
	return takes_memory(ctx);
}

SEC("tp_btf/task_newtask")
int too_short(void *ctx)
{
	int key = 3;

	return takes_more(bpf_map_lookup_elem(&counts, &key));
}

SEC("tp_btf/task_newtask")
int number_that_can_only_be_read(void *ctx)
{
	struct bpf_iter_num it;
	int *n, sum = 0;

	bpf_iter_num_new(&it, 0, 3);
	n = bpf_iter_num_next(&it);
	if (n)
		sum = takes_memory((void *)n);
	bpf_iter_num_destroy(&it);
	return sum;
}

SEC("tp_btf/task_newtask")
int dynptr_that_was_not_made(void *ctx)
{
	struct bpf_dynptr p;

	return takes_dynptr(&p);
}
