/* A global function that follows a pointer unchecked. Where nothing comes of a call, the compiler leaves it out, and the verifier never sees the function. */
#include "own.h"

struct conf {
	__u64 count;
	__u64 most;
};

__noinline int add(struct conf *conf)
{
	conf->count++;
	return 0;
}

__noinline int is_full(struct conf *conf)
{
	return conf->count > conf->most;
}

SEC("tc")
int left_out(struct __sk_buff *skb)
{
	struct conf conf = {};

	return add(&conf);
}

SEC("tc")
int read_after(struct __sk_buff *skb)
{
	struct conf conf = {};

	add(&conf);
	return conf.count > 1;
}

SEC("tc")
int result_used(struct __sk_buff *skb)
{
	struct conf conf = { .most = skb->len };

	return is_full(&conf);
}
