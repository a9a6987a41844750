/* What a global function may be given for memory. */
#include "kfuncs.h"

extern struct cgroup *bpf_cgroup_from_id(u64 id) __ksym;
extern void bpf_cgroup_release(struct cgroup *cgroup) __ksym;
extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
extern void bpf_cpumask_release(struct bpf_cpumask *mask) __ksym;
extern void *bpf_obj_new_impl(__u64 local_type_id, void *meta) __ksym;
extern void bpf_obj_drop_impl(void *kptr, void *meta) __ksym;
struct item {
	u64 first, second;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct item);
} items SEC(".maps");
struct kept {
	struct task_struct __kptr *task;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct kept);
} kepts SEC(".maps");
u64 seen;
struct item shared;
int __noinline sum(struct item *item)
{
	return item ? item->first + item->second : 0;
}
int __noinline sum_of_one(struct item *item __arg_nonnull)
{
	return item->first + item->second;
}
int __noinline pid_of(struct task_struct *task)
{
	return task ? task->pid : 0;
}
int __noinline pid_of_trusted(struct task_struct *task __arg_trusted)
{
	return task->pid;
}
int __noinline level_of(struct cgroup *cgroup)
{
	return cgroup ? cgroup->level : 0;
}
int __noinline first_byte(char *bytes __arg_nonnull)
{
	return *bytes;
}

SEC("syscall") int own_task(void *ctx)
{
	seen = pid_of_trusted(bpf_get_current_task_btf());
	return 0;
}
extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
int __noinline first_cpu(const struct cpumask *mask)
{
	return mask ? mask->bits[0] & 1 : 0;
}
SEC("tp_btf/task_newtask") int of_one_member(u64 *ctx)
{
	struct task_struct *new = (struct task_struct *)ctx[0];
	return first_cpu(new->cpus_ptr);
}
SEC("syscall") int of_stack(void *ctx)
{
	struct item item = {1, 2};
	seen = sum(&item);
	return 0;
}
SEC("syscall") int one_member(void *ctx)
{
	struct item *item = bpf_obj_new_impl(bpf_core_type_id_local(struct item), NULL);
	if (!item)
		return 0;
	seen = first_byte((char *)&item->second);
	bpf_obj_drop_impl(item, NULL);
	return 0;
}
SEC("syscall") int of_map(void *ctx)
{
	u32 key = 0;
	struct item *item = bpf_map_lookup_elem(&items, &key);
	seen = sum(item);
	if (item)
		seen += sum_of_one(item);
	return 0;
}
SEC("syscall") int of_global(void *ctx)
{
	seen = sum(&shared);
	return 0;
}
SEC("syscall") int nothing(void *ctx)
{
	seen = sum(NULL);
	return 0;
}
SEC("syscall") int context_as_memory(struct item *ctx)
{
	seen = sum(ctx);
	return 0;
}
