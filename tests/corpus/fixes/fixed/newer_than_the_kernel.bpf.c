//- fix: weak-guard
#include "own.h"
extern int bpf_strlen(const char *s__ign) __ksym __weak;
const char name[] = "kfunc";

SEC("syscall")
int length(void *ctx)
{
	int n;

	if (!bpf_ksym_exists(bpf_strlen))
		return 0;
	n = bpf_strlen(name);
	return n == 5;
}
