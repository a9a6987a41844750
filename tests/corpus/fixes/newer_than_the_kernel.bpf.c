//- fix: weak-guard
#include "own.h"
extern int bpf_strlen(const char *s__ign) __ksym;
const char name[] = "kfunc";

SEC("syscall")
int length(void *ctx)
{
	int n;

	n = bpf_strlen(name);
	return n == 5;
}
