/* Hooks that no program may have. */
#include "own.h"

SEC("lsm/getprocattr")
int BPF_PROG(reads_attribute) { return 0; }

SEC("lsm/vm_enough_memory")
int BPF_PROG(counts_memory) { return 0; }
