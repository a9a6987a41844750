/* For each task its memory areas: two iterators of different kinds. */
#include "kfuncs.h"

u64 areas;

SEC("syscall")
int count(void *ctx)
{
	struct bpf_iter_task_vma inner;
	struct vm_area_struct *vma;
	struct bpf_iter_num outer;
	int *i;

	bpf_iter_num_new(&outer, 0, 3);
	while ((i = bpf_iter_num_next(&outer))) {
		bpf_iter_task_vma_new(&inner, bpf_get_current_task_btf(), *i * 4096);
		vma = bpf_iter_task_vma_next(&inner);
		if (vma)
			areas += vma->vm_flags;
		bpf_iter_task_vma_destroy(&inner);
	}
	bpf_iter_num_destroy(&outer);
	return 0;
}
