#include "own.h"
extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, u64 flags) __ksym;

struct request { u64 from; u32 size; char text[32]; };

/* A place inside the context as memory: older kernels take only its start. */
SEC("syscall")
int inside(struct request *r)
{
	return bpf_copy_from_user_str(r->text, sizeof(r->text), (void *)r->from, 0);
}
