#include "own.h"
extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, u64 flags) __ksym;

struct request { char text[32]; u64 from; u32 size; };

/* The start of the context is memory, as long as is asked for; a part of it is copied to the stack. */
SEC("syscall")
int start(struct request *r)
{
	return bpf_copy_from_user_str(r->text, sizeof(r->text), (void *)r->from, 0);
}

SEC("syscall")
int copied(struct request *r)
{
	char text[16];
	int n = bpf_copy_from_user_str(text, sizeof(text), (void *)r->from, 0);

	r->size = text[0];
	return n;
}
