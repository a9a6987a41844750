#include "own.h"
/* Many ways that make no difference: bytes that nobody reads, and calls one after another. */
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, char[32]); __type(value, u64); } seen SEC(".maps");

static void sanitize(char *text, u64 size)
{
	for (char *c = text; (u64)(c - text) < size && *c; ++c)
		if (*c == '\n')
			*c = ' ';
}

SEC("syscall")
int bytes(void *ctx)
{
	char name[32] = {};
	u64 one = 1;

	bpf_get_current_comm(name, 16);
	sanitize(name, sizeof(name));
	bpf_map_update_elem(&seen, name, &one, 0);
	return 0;
}

static __noinline int visit(int pid)
{
	struct task_struct *p = bpf_task_from_pid(pid);
	int is_kernel;

	if (!p)
		return 0;
	is_kernel = p->mm == NULL;
	bpf_task_release(p);
	return is_kernel;
}

SEC("syscall")
int calls(void *ctx)
{
	int n = 0;

	n += visit(1);
	n += visit(2);
	n += visit(3);
	n += visit(4);
	n += visit(5);
	n += visit(6);
	n += visit(7);
	n += visit(8);
	n += visit(9);
	n += visit(10);
	return n > 0;
}
