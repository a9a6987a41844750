#include "own.h"
extern void bpf_throw(u64 cookie) __ksym;
#define handles(f) __attribute__((btf_decl_tag("exception_callback:" #f)))

__noinline int on_throw(u64 cookie)
{
	return cookie;
}

SEC("fentry/bpf_check")
handles(on_throw)
int guard(void *ctx)
{
	return 0;
}
