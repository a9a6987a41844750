/* LSM: the current task's executable; the file is held while its path is read. */
#include "kfuncs.h"

char exe[64];

SEC("lsm.s/bprm_check_security")
int BPF_PROG(check, struct linux_binprm *bprm)
{
	struct task_struct *cur = bpf_get_current_task_btf();
	struct file *f = bpf_get_task_exe_file(cur);

	if (!f)
		return 0;
	bpf_path_d_path(&f->f_path, exe, sizeof(exe));
	bpf_put_file(f);
	return 0;
}
