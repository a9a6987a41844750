/* kprobe: walks the memory areas of the current task. */
#include "kfuncs.h"

u64 bytes;

SEC("kprobe/do_nanosleep")
int probe(struct pt_regs *ctx)
{
	struct bpf_iter_task_vma it;
	struct vm_area_struct *vma;

	bpf_iter_task_vma_new(&it, bpf_get_current_task_btf(), 0);
	while ((vma = bpf_iter_task_vma_next(&it)))
		bytes += vma->vm_end - vma->vm_start;
	bpf_iter_task_vma_destroy(&it);
	return 0;
}
