#include "own.h"
extern int bpf_iter_task_vma_new(struct bpf_iter_task_vma *it, struct task_struct *task, __u64 addr) __ksym;
extern struct vm_area_struct *bpf_iter_task_vma_next(struct bpf_iter_task_vma *it) __ksym;
extern void bpf_iter_task_vma_destroy(struct bpf_iter_task_vma *it) __ksym;

struct mm_struct___own { unsigned long start_stack; } __attribute__((preserve_access_index));
struct vm_area_struct___own { struct mm_struct___own *vm_mm; } __attribute__((preserve_access_index));

u64 stack;

SEC("syscall")
int top(void *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct vm_area_struct *vma;

	bpf_for_each(task_vma, vma, task, 0)
		stack = ((struct vm_area_struct___own *)vma)->vm_mm->start_stack;
	return 0;
}
