//- fix: release-before-exit
#include "own.h"
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;

SEC("syscall")
int leak(void *ctx)
{
    struct task_struct *p = bpf_task_from_pid(1);

    if (p) {
        return p->prio;
    }
    return 0;
}
