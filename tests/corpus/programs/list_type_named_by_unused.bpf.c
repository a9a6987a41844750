/* The type of a list's nodes is told to the kernel by what nobody uses: a variable, and not by a static one. */
#include "own.h"

struct item { struct bpf_list_node link; u32 n; };
struct other { struct bpf_list_node link; u32 n; };
private(Q) struct bpf_spin_lock lock;
private(Q) struct bpf_list_head items owns(item, link);
private(R) struct bpf_spin_lock other_lock;
private(R) struct bpf_list_head others owns(other, link);

struct item *never_used;
static struct other *never_used_either;

SEC("tc")
int locks(struct __sk_buff *skb)
{
	bpf_spin_lock(&lock);
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc")
int locks_other(struct __sk_buff *skb)
{
	bpf_spin_lock(&other_lock);
	bpf_spin_unlock(&other_lock);
	return 0;
}
