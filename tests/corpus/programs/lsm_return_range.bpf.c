/* What an LSM hook's program may return: 0 or an error, a yes or no where the hook asks for one, anything where nobody asks. */
#include "own.h"

SEC("lsm/file_open")
int BPF_PROG(open_allowed, struct file *file) { return 0; }

SEC("lsm/file_open")
int BPF_PROG(open_refused, struct file *file) { return -1; }

SEC("lsm/file_open")
int BPF_PROG(open_last_error, struct file *file) { return -4095; }

SEC("lsm/file_open")
int BPF_PROG(open_no_error, struct file *file) { return -4096; }

SEC("lsm/file_open")
int BPF_PROG(open_positive, struct file *file) { return 1; }

SEC("lsm/inode_xattr_skipcap")
int BPF_PROG(asked_yes, const char *name) { return 1; }

SEC("lsm/inode_xattr_skipcap")
int BPF_PROG(asked_two, const char *name) { return 2; }

SEC("lsm/inode_xattr_skipcap")
int BPF_PROG(asked_error, const char *name) { return -1; }

SEC("lsm/file_free_security")
int BPF_PROG(nobody_asks, struct file *file) { return 77; }

/* In its caller's registers: all 64 bits are the answer's, of which the kernel looks at 32. */
SEC("lsm/file_open")
__attribute__((naked)) int open_refused_in_assembly(void *ctx) { asm volatile ("r0 = -13; exit;" ::: "r0"); }

SEC("lsm/file_open")
__attribute__((naked)) int open_positive_in_assembly(void *ctx) { asm volatile ("r0 = 13; exit;" ::: "r0"); }
