#include "own.h"
/* The same hooks without sleep, and hooks that may. */
SEC("lsm/inode_permission")
int BPF_PROG(on_permission, struct inode *inode, int mask)
{
	return 0;
}

SEC("lsm.s/file_open")
int BPF_PROG(on_open, struct file *file)
{
	return 0;
}

SEC("lsm.s/bprm_check_security")
int BPF_PROG(on_exec, struct linux_binprm *bprm)
{
	return 0;
}
