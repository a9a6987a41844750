/* A length that was limited, in whatever way. */
#include "kfuncs.h"

extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, u64 flags) __ksym;
struct request {
	u64 place;
	u32 length;
	s32 signed_length;
	u16 short_length;
	u64 long_length;
};
struct setting {
	u32 length;
	u32 other;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct setting);
} settings SEC(".maps");
u32 wanted;
static __always_inline struct setting *setting(void)
{
	u32 key = 0;
	return bpf_map_lookup_elem(&settings, &key);
}
SEC("syscall") int limited(struct request *request)
{
	char buffer[64];
	if (request->length > 64)
		return 0;
	return bpf_copy_from_user_str(buffer, request->length, (void *)request->place, 0);
}
SEC("syscall") int read_twice(struct request *request)
{
	char buffer[64];
	struct setting *of = setting();
	if (!of || of->length > 64)
		return 0;
	return bpf_copy_from_user_str(buffer, of->length, (void *)request->place, 0);
}
SEC("syscall") int read_twice_in_loop(struct request *request)
{
	char buffer[64];
	struct setting *of = setting();
	int i;
	if (!of)
		return 0;
	bpf_for(i, 0, 3)
	{
		if (of->length > 64)
			break;
		bpf_copy_from_user_str(buffer, of->length, (void *)request->place, 0);
	}
	return 0;
}
SEC("syscall") int masked(struct request *request)
{
	char buffer[64];
	return bpf_copy_from_user_str(buffer, request->length & 63, (void *)request->place, 0);
}
SEC("syscall") int signed_limited(struct request *request)
{
	char buffer[64];
	if (request->signed_length < 0 || request->signed_length > 64)
		return 0;
	return bpf_copy_from_user_str(buffer, request->signed_length, (void *)request->place, 0);
}
SEC("syscall") int one_less(struct request *request)
{
	char buffer[64];
	u32 length = request->length;
	if (length - 1 > 63)
		return 0;
	return bpf_copy_from_user_str(buffer, length, (void *)request->place, 0);
}
SEC("syscall") int least(struct request *request)
{
	char buffer[64];
	u32 length = request->length;
	if (length > sizeof(buffer))
		length = sizeof(buffer);
	return bpf_copy_from_user_str(buffer, length, (void *)request->place, 0);
}
SEC("syscall") int global_limited(struct request *request)
{
	char buffer[64];
	if (wanted > 64)
		return 0;
	return bpf_copy_from_user_str(buffer, wanted, (void *)request->place, 0);
}
SEC("syscall") int limited_by_switch(struct request *request)
{
	char buffer[64];
	switch (request->length) {
	case 1:
	case 8:
	case 64:
		return bpf_copy_from_user_str(buffer, request->length, (void *)request->place, 0);
	}
	return 0;
}
SEC("syscall") int shifted(struct request *request)
{
	char buffer[64];
	return bpf_copy_from_user_str(buffer, request->length >> 27, (void *)request->place, 0);
}
SEC("syscall") int equal_to_constant(struct request *request)
{
	char buffer[64];
	if (request->length != 16)
		return 0;
	return bpf_copy_from_user_str(buffer, request->length, (void *)request->place, 0);
}
SEC("syscall") int limited_in_a_copy(struct request *request)
{
	char buffer[64];
	u64 length = request->long_length;
	u64 copy = length;
	if (copy > 64)
		return 0;
	return bpf_copy_from_user_str(buffer, length, (void *)request->place, 0);
}
static __always_inline u32 length_of(struct setting *of)
{
	return of->length;
}
SEC("syscall") int read_twice_by_function(struct request *request)
{
	char buffer[64];
	struct setting *of = setting();
	if (!of || length_of(of) > 64)
		return 0;
	return bpf_copy_from_user_str(buffer, length_of(of), (void *)request->place, 0);
}
SEC("syscall") int limited_in_function(struct request *request)
{
	char buffer[64];
	u32 length = request->length;
	if (!(length <= 64))
		return 0;
	return bpf_copy_from_user_str(buffer, length, (void *)request->place, 0);
}
static __noinline bool fits(u32 length)
{
	return length <= 64;
}
SEC("syscall") int other_member_limited(struct request *request)
{
	char buffer[64];
	struct setting *of = setting();
	if (!of)
		return 0;
	u32 length = of->other;
	if (length > 60)
		return 0;
	return bpf_copy_from_user_str(buffer, length + 4, (void *)request->place, 0);
}
