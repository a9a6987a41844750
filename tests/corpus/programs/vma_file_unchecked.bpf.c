#include "own.h"
extern int bpf_iter_task_vma_new(struct bpf_iter_task_vma *it, struct task_struct *task, __u64 addr) __ksym;
extern struct vm_area_struct *bpf_iter_task_vma_next(struct bpf_iter_task_vma *it) __ksym;
extern void bpf_iter_task_vma_destroy(struct bpf_iter_task_vma *it) __ksym;

struct file___own { unsigned int f_flags; } __attribute__((preserve_access_index));
struct vm_area_struct___own { struct file___own *vm_file; } __attribute__((preserve_access_index));

u32 flags;

/* Anonymous memory has no file. */
SEC("syscall")
int mapped(void *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct vm_area_struct *vma;

	bpf_for_each(task_vma, vma, task, 0)
		flags |= ((struct vm_area_struct___own *)vma)->vm_file->f_flags;
	return 0;
}
