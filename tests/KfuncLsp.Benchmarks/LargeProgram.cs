using System.Text;

namespace KfuncLsp.Benchmarks;

/// <summary>A BPF file as large as the largest that people write: many programs, each with helpers of its own, branches, loops and kfunc calls.</summary>
internal static class LargeProgram
{
    private const string Head = """
        #include "vmlinux.h"
        #include <bpf/bpf_helpers.h>
        #include <bpf/bpf_tracing.h>

        extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
        extern void bpf_task_release(struct task_struct *p) __ksym;
        extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
        extern void bpf_rcu_read_lock(void) __ksym;
        extern void bpf_rcu_read_unlock(void) __ksym;
        extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
        extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
        extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;

        char LICENSE[] SEC("license") = "GPL";

        struct task_count { u64 count, bytes; u32 flags, state; };

        struct {
        	__uint(type, BPF_MAP_TYPE_HASH);
        	__uint(max_entries, 1024);
        	__type(key, u32);
        	__type(value, struct stat);
        } stats SEC(".maps");

        u64 total;
        u32 mode;

        """;

    private const string Group = """

        static __always_inline u32 classify_@(u32 value, u32 flags)
        {
        	u32 kind = 0;

        	if (value & 1)
        		kind |= 1;
        	if (value & 2)
        		kind |= 2;
        	if (flags & 4)
        		kind += 4;
        	else if (flags & 8)
        		kind += 8;
        	switch (value % 7) {
        	case 0: kind += 1; break;
        	case 1: kind += 2; break;
        	case 2 ... 4: kind += 3; break;
        	default: kind += 5; break;
        	}
        	return kind;
        }

        static __noinline int account_@(u32 key, u64 bytes, u32 kind)
        {
        	struct task_count *found = bpf_map_lookup_elem(&stats, &key);

        	if (!found) {
        		struct task_count fresh = { .count = 1, .bytes = bytes, .state = kind };

        		return bpf_map_update_elem(&stats, &key, &fresh, BPF_ANY);
        	}
        	found->count++;
        	found->bytes += bytes;
        	if (found->flags & kind)
        		found->state = kind;
        	else if (found->state > 4242)
        		found->state--;
        	return 0;
        }

        static __noinline int walk_@(struct task_struct *task, u32 depth)
        {
        	u32 seen = 0, i;

        	for (i = 0; i < ROUNDS; i++) {
        		struct task_struct *other = bpf_task_from_pid(i + depth);

        		if (!other)
        			continue;
        		if (other->tgid == task->tgid)
        			seen++;
        		if (other->flags & 0x10) {
        			bpf_task_release(other);
        			break;
        		}
        		bpf_task_release(other);
        	}
        	return seen;
        }

        SEC("tp_btf/task_newtask")
        int BPF_PROG(newtask_@, struct task_struct *task, u64 clone_flags)
        {
        	u32 kind, key = task->pid, sum = 0;
        	struct task_struct *kept = NULL;
        	struct bpf_iter_num it;
        	int *i;

        	kind = classify_@(task->flags, clone_flags);
        	if (mode > 3)
        		kept = bpf_task_acquire(task);
        	bpf_iter_num_new(&it, 0, 64);
        	while ((i = bpf_iter_num_next(&it))) {
        		sum += *i;
        		if (sum & kind)
        			sum ^= account_@(key + *i, sum, kind);
        	}
        	bpf_iter_num_destroy(&it);
        	if (kept) {
        		sum += walk_@(kept, kind);
        		if (kind & 1)
        			sum += account_@(kept->tgid, 8, 1);
        		if (kind & 2)
        			sum += account_@(kept->tgid, 16, 2);
        		bpf_task_release(kept);
        	}
        	bpf_rcu_read_lock();
        	if (clone_flags & 0x100)
        		sum += task->real_parent->pid;
        	if (clone_flags & 0x200)
        		sum += account_@(sum, classify_@(sum, kind), 3);
        	bpf_rcu_read_unlock();
        	total += sum;
        	return 0;
        }

        """;

    /// <summary>Shape: the same text for the same number of lines, or a few more.</summary>
    public static string Write(int lines)
    {
        var text = new StringBuilder(Head);
        for (var (written, group) = (Lines(Head), 0); written < lines; written += Lines(Group), group++)
            text.Append(Group.Replace("@", $"{group}", StringComparison.Ordinal).Replace("ROUNDS", $"{8 + group % 24}", StringComparison.Ordinal));
        return text.ToString();
    }

    private static int Lines(string text) => text.Count(c => c == '\n');
}
