/* A length that may be more than the memory has. */
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
SEC("syscall") int of_context(struct request *request)
{
	char buffer[64];
	return bpf_copy_from_user_str(buffer, request->length, (void *)request->place, 0);
}
SEC("syscall") int short_one(struct request *request)
{
	char buffer[64];
	return bpf_copy_from_user_str(buffer, request->short_length, (void *)request->place, 0);
}
SEC("syscall") int signed_limited_above(struct request *request)
{
	char buffer[64];
	if (request->signed_length > 64)
		return 0;
	return bpf_copy_from_user_str(buffer, request->signed_length, (void *)request->place, 0);
}
SEC("syscall") int limited_too_far(struct request *request)
{
	char buffer[64];
	if (request->length > 65)
		return 0;
	return bpf_copy_from_user_str(buffer, request->length, (void *)request->place, 0);
}
SEC("syscall") int limited_below(struct request *request)
{
	char buffer[64];
	if (!request->length)
		return 0;
	return bpf_copy_from_user_str(buffer, request->length, (void *)request->place, 0);
}
SEC("syscall") int scaled(struct request *request)
{
	char buffer[64];
	return bpf_copy_from_user_str(buffer, (request->short_length & 7) * 10, (void *)request->place, 0);
}
SEC("syscall") int one_more(struct request *request)
{
	char buffer[64];
	u32 length = request->length;
	if (length > 64)
		return 0;
	return bpf_copy_from_user_str(buffer, length + 1, (void *)request->place, 0);
}
SEC("syscall") int of_global(struct request *request)
{
	char buffer[64];
	return bpf_copy_from_user_str(buffer, wanted, (void *)request->place, 0);
}
SEC("syscall") int of_map(struct request *request)
{
	char buffer[64];
	struct setting *of = setting();
	if (!of)
		return 0;
	return bpf_copy_from_user_str(buffer, of->length, (void *)request->place, 0);
}
SEC("syscall") int read_after_call(struct request *request)
{
	char buffer[64];
	struct setting *of = setting();
	if (!of || of->length > 64)
		return 0;
	bpf_get_prandom_u32();
	return bpf_copy_from_user_str(buffer, of->length, (void *)request->place, 0);
}
SEC("syscall") int of_task(struct request *request)
{
	char buffer[64];
	struct task_struct *task = bpf_get_current_task_btf();
	return bpf_copy_from_user_str(buffer, task->pid, (void *)request->place, 0);
}
SEC("syscall") int limited_on_one_way(struct request *request)
{
	char buffer[64];
	u32 length = request->length;
	if (request->short_length && length > 64)
		return 0;
	return bpf_copy_from_user_str(buffer, length, (void *)request->place, 0);
}
SEC("syscall") int cut_to_byte(struct request *request)
{
	char buffer[64];
	return bpf_copy_from_user_str(buffer, (u8)request->length, (void *)request->place, 0);
}
