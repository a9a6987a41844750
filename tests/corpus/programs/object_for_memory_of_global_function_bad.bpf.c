/* A parameter without a tag is memory to the verifier, which a kernel object is not, nor one of the program. */
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

SEC("syscall") int own_object(void *ctx)
{
	struct item *item = bpf_obj_new_impl(bpf_core_type_id_local(struct item), NULL);
	if (!item)
		return 0;
	seen = sum(item);
	bpf_obj_drop_impl(item, NULL);
	return 0;
}
SEC("syscall") int task(void *ctx)
{
	struct task_struct *task = bpf_task_from_pid(1);
	if (!task)
		return 0;
	seen = pid_of(task);
	bpf_task_release(task);
	return 0;
}
SEC("syscall") int current_task(void *ctx)
{
	seen = pid_of(bpf_get_current_task_btf());
	return 0;
}
SEC("tp_btf/task_newtask") int argument(u64 *ctx)
{
	seen = pid_of((struct task_struct *)ctx[0]);
	return 0;
}
SEC("tp_btf/task_newtask") int walked(u64 *ctx)
{
	struct task_struct *new = (struct task_struct *)ctx[0];
	seen = pid_of(new->parent);
	return 0;
}
SEC("syscall") int cgroup(void *ctx)
{
	struct cgroup *cgroup = bpf_cgroup_from_id(1);
	if (!cgroup)
		return 0;
	seen = level_of(cgroup);
	bpf_cgroup_release(cgroup);
	return 0;
}
SEC("tc") int kept_task(struct __sk_buff *skb)
{
	u32 key = 0;
	struct kept *kept = bpf_map_lookup_elem(&kepts, &key);
	struct task_struct *task;
	if (!kept)
		return 0;
	task = kept->task;
	if (task)
		seen = pid_of(task);
	return 0;
}
SEC("syscall") int other_object_trusted(void *ctx)
{
	struct cgroup *cgroup = bpf_cgroup_from_id(1);
	if (!cgroup)
		return 0;
	seen = pid_of_trusted((void *)cgroup);
	bpf_cgroup_release(cgroup);
	return 0;
}
