namespace KfuncLsp.Tests.EndToEnd;

/// <summary>Small programs that need no header of the machine.</summary>
internal static class Programs
{
    public const string Head = """
        #define SEC(name) __attribute__((section(name), used))
        #define __ksym __attribute__((section(".ksyms")))
        typedef unsigned long long u64;
        struct task_struct { int pid; int tgid; } __attribute__((preserve_access_index));
        extern struct task_struct *bpf_task_from_pid(int pid) __ksym;
        extern void bpf_task_release(struct task_struct *p) __ksym;
        char LICENSE[] SEC("license") = "GPL";

        """;

    /// <summary>A program that forgets to release what it acquired: KF0101 at its <c>return 1;</c>.</summary>
    public static string Leak(string name = "leak") => $$"""
        SEC("tp_btf/task_newtask")
        int {{name}}(u64 *ctx)
        {
        	struct task_struct *p = bpf_task_from_pid(42);
        	if (!p)
        		return 0;
        	if (p->pid == 7)
        		return 1;
        	bpf_task_release(p);
        	return 0;
        }

        """;

    /// <summary>A program that every kernel accepts.</summary>
    public static string Good(string name = "good") => $$"""
        SEC("tp_btf/task_newtask")
        int {{name}}(u64 *ctx)
        {
        	struct task_struct *p = bpf_task_from_pid(42);
        	if (!p)
        		return 0;
        	bpf_task_release(p);
        	return 0;
        }

        """;
}
