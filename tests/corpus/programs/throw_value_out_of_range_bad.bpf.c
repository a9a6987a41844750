#include "own.h"
extern void bpf_throw(u64 cookie) __ksym;
#define handles(f) __attribute__((btf_decl_tag("exception_callback:" #f)))

SEC("fentry/bpf_check")
int guard(void *ctx)
{
	bpf_throw(64);
	return 0;
}
