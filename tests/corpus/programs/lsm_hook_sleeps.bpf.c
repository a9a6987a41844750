/* A hook that is called where nobody may sleep takes no program that does. */
#include "own.h"

SEC("lsm.s/file_open")
int BPF_PROG(opens_and_sleeps) { return 0; }

SEC("lsm.s/task_kill")
int BPF_PROG(kills_and_sleeps) { return 0; }

SEC("lsm.s/file_free_security")
int BPF_PROG(frees_and_sleeps) { return 0; }
