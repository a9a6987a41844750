/* kprobe: the current task as a read-only object; its fields are followed without a check. */
#include "kfuncs.h"

int ppid;

SEC("kprobe/do_nanosleep")
int probe(struct pt_regs *ctx)
{
	struct task_struct *t = bpf_rdonly_cast((void *)bpf_get_current_task(), bpf_core_type_id_kernel(struct task_struct));

	ppid = t->real_parent->tgid;
	return 0;
}
