#include "own.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, int);
	__type(value, u64);
} counts SEC(".maps");

struct four { int a; };
u64 counter;

__noinline int wants_value(struct four *v __attribute__((btf_decl_tag("arg:nonnull"))))
{
	return v->a;
}

__noinline int wants_task(struct task_struct *t __attribute__((btf_decl_tag("arg:trusted"))))
{
	return t->pid;
}

__noinline int may_have_task(struct task_struct *t __attribute__((btf_decl_tag("arg:trusted"))) __attribute__((btf_decl_tag("arg:nullable"))))
{
	return t ? t->pid : 0;
}

__noinline int takes_memory(struct four *v)
{
	if (!v)
		return 0;
	v->a = 1;
	return v->a;
}

__noinline int takes_dynptr(const struct bpf_dynptr *p)
{
	int value = 0;

	return bpf_dynptr_read(&value, sizeof(value), p, 0, 0);
}

SEC("tp_btf/task_newtask")
int BPF_PROG(tasks, struct task_struct *task)
{
	return wants_task(task) + may_have_task(task) + may_have_task(NULL);
}

SEC("tp_btf/task_newtask")
int values(void *ctx)
{
	struct four mine = { 3 };
	int key = 3;
	void *theirs = bpf_map_lookup_elem(&counts, &key);

	takes_memory(theirs);
	takes_memory(NULL);
	if (theirs)
		wants_value(theirs);
	return wants_value(&mine) + takes_memory(&mine);
}

SEC("tp_btf/task_newtask")
int dynptr(void *ctx)
{
	struct bpf_dynptr p;

	bpf_dynptr_from_mem(&counter, sizeof(counter), 0, &p);
	return takes_dynptr(&p);
}

/* The compiler inlines it: the verifier never meets it as a function. */
int sum_of(struct task_struct *t, int plus)
{
	return t->pid + plus;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(inlined, struct task_struct *task)
{
	return sum_of(task, 1);
}
