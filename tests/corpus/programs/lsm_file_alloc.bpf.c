#include "own.h"

u64 opened;

SEC("lsm/file_alloc_security")
int BPF_PROG(alloc, struct file *file)
{
	opened++;
	return 0;
}
