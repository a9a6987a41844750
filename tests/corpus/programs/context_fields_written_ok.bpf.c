#include "own.h"
SEC("tc")
int every_one(struct __sk_buff *skb)
{
	skb->mark = 1;
	skb->priority = 2;
	skb->tc_index = 3;
	skb->tc_classid = 4;
	skb->queue_mapping = 5;
	skb->tstamp = 6;
	skb->cb[0] = 7;
	skb->cb[4] = 8;
	return 0;
}
