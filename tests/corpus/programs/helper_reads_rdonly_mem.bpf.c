#include "own.h"
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr__uninit) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk) __ksym;

/* A slice may only be read, which is all that these helpers do: their prototypes say so on newer kernels. */
SEC("tc")
int gen4(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	struct iphdr buffer, *ip;
	struct tcphdr tcp = {};

	bpf_dynptr_from_skb(skb, 0, &packet);
	ip = bpf_dynptr_slice(&packet, 14, &buffer, sizeof(buffer));
	if (!ip)
		return 0;
	return bpf_tcp_raw_gen_syncookie_ipv4(ip, &tcp, sizeof(tcp)) < 0;
}

SEC("tc")
int gen6(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	struct ipv6hdr buffer, *ip;
	struct tcphdr tcp = {};

	bpf_dynptr_from_skb(skb, 0, &packet);
	ip = bpf_dynptr_slice(&packet, 14, &buffer, sizeof(buffer));
	if (!ip)
		return 0;
	return bpf_tcp_raw_gen_syncookie_ipv6(ip, &tcp, sizeof(tcp)) < 0;
}

SEC("tc")
int check4(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	struct iphdr buffer, *ip;
	struct tcphdr tcp = {};

	bpf_dynptr_from_skb(skb, 0, &packet);
	ip = bpf_dynptr_slice(&packet, 14, &buffer, sizeof(buffer));
	if (!ip)
		return 0;
	return bpf_tcp_raw_check_syncookie_ipv4(ip, &tcp) < 0;
}

SEC("tc")
int check6(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	struct ipv6hdr buffer, *ip;
	struct tcphdr tcp = {};

	bpf_dynptr_from_skb(skb, 0, &packet);
	ip = bpf_dynptr_slice(&packet, 14, &buffer, sizeof(buffer));
	if (!ip)
		return 0;
	return bpf_tcp_raw_check_syncookie_ipv6(ip, &tcp) < 0;
}

u8 name[16];

SEC("syscall")
int symbol(void *ctx)
{
	struct bpf_dynptr memory;
	u8 buffer[16];
	u64 address = 0;
	char *slice;

	bpf_dynptr_from_mem(name, sizeof(name), 0, &memory);
	slice = bpf_dynptr_slice(&memory, 0, buffer, sizeof(buffer));
	if (!slice)
		return 0;
	return bpf_kallsyms_lookup_name(slice, 16, 0, &address) < 0;
}
