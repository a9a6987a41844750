#include "own.h"
extern int bpf_iter_task_vma_new(struct bpf_iter_task_vma *it, struct task_struct *task, __u64 addr) __ksym;
extern struct vm_area_struct *bpf_iter_task_vma_next(struct bpf_iter_task_vma *it) __ksym;
extern void bpf_iter_task_vma_destroy(struct bpf_iter_task_vma *it) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

struct task_struct___own { int tgid; } __attribute__((preserve_access_index));
struct mm_struct___own { struct task_struct___own *owner; } __attribute__((preserve_access_index));
struct vm_area_struct___own { struct mm_struct___own *vm_mm; } __attribute__((preserve_access_index));

u32 owner;

/* Memory may outlive the task that owned it. */
SEC("syscall")
int owners(void *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct mm_struct___own *mm;
	struct vm_area_struct *vma;

	bpf_for_each(task_vma, vma, task, 0) {
		mm = ((struct vm_area_struct___own *)vma)->vm_mm;
		if (!mm)
			continue;
		bpf_rcu_read_lock();
		owner = mm->owner->tgid;
		bpf_rcu_read_unlock();
	}
	return 0;
}
