using KfuncLsp.Mutation.Editing;
using KfuncLsp.Mutation.Syntax;
using KfuncLsp.Registry;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Mutation;

/// <summary>What each kind of edit makes of a program.</summary>
public sealed class EditKindTests
{
    private const string Program = """
        #include "kernel.h"
        #undef SEC
        #define SEC(name) __attribute__((section(name), used))
        extern int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, u64 flags) __ksym;
        extern void bpf_local_irq_save(unsigned long *flags__irq_flag) __ksym;
        extern void bpf_local_irq_restore(unsigned long *flags__irq_flag) __ksym;
        u64 seen;
        char text[16];
        struct bpf_spin_lock lock;

        SEC("tc")
        int regions(struct __sk_buff *skb)
        {
            unsigned long flags;

            bpf_preempt_disable();
            seen++;
            bpf_preempt_enable();
            bpf_local_irq_save(&flags);
            seen++;
            bpf_local_irq_restore(&flags);
            bpf_spin_lock(&lock);
            seen++;
            bpf_spin_unlock(&lock);
            return 0;
        }

        SEC("tc")
        int references(struct __sk_buff *skb)
        {
            struct task_struct *p = bpf_task_from_pid(42), *q;

            if (!p)
                return 0;
            seen = p->flags;
            q = bpf_task_acquire(p);
            bpf_task_release(p);
            return 1;
        }

        SEC("syscall")
        int loops(void *ctx)
        {
            struct bpf_iter_num it;
            int *n;

            bpf_iter_num_new(&it, 0, 10);
            while ((n = bpf_iter_num_next(&it))) {
                if (*n)
                    seen++;
                seen += *n;
            }
            bpf_iter_num_destroy(&it);
            bpf_rcu_read_lock();
            seen++;
            bpf_rcu_read_unlock();
            bpf_copy_from_user_str(text, sizeof(text), (void *)16, 0);
            return 0;
        }
        """;

    private static readonly Lazy<SyntaxTree> s_tree = new(Parse);

    internal static SyntaxTree Tree => s_tree.Value;

    [Theory]
    [InlineData("drop a release", "q = bpf_task_acquire(p);\n    ;\n    return 1;")]
    [InlineData("release twice", "bpf_task_release(p); bpf_task_release(p);\n    return 1;")]
    [InlineData("release early", "bpf_task_release(p); q = bpf_task_acquire(p);\n    ;\n")]
    [InlineData("use after release", "bpf_task_release(p); { volatile long later = (long)(p->flags); }")]
    [InlineData("wrong release function", "bpf_cgroup_release((void *)p);")]
    [InlineData("release another", "bpf_task_release((void *)q);")]
    [InlineData("drop a NULL check", "if (0)\n        return 0;")]
    [InlineData("invert a NULL check", "if ((p))\n        return 0;")]
    [InlineData("check late", ";\n    seen = p->flags; if (!p)\n        return 0;")]
    [InlineData("drop a call", ";\n    seen++;\n    bpf_rcu_read_unlock();")]
    [InlineData("unbalance: RCU", "seen++;\n    ;\n    bpf_copy_from_user_str")]
    [InlineData("unbalance: RCU", "bpf_rcu_read_unlock(); bpf_rcu_read_unlock();\n")]
    [InlineData("unbalance: preempt", "bpf_preempt_enable();\n    seen++;\n    bpf_preempt_enable();")]
    [InlineData("unbalance: IRQ", "bpf_local_irq_restore(&flags); seen++;\n    ;\n    bpf_spin_lock(&lock);")]
    [InlineData("unbalance: lock", "seen++;\n    ;\n    return 0; bpf_spin_unlock(&lock);\n")]
    [InlineData("sleep in a section", "bpf_preempt_disable(); bpf_copy_from_user_str(text, sizeof(text), (void *)16, 0); bpf_preempt_enable();")]
    [InlineData("call in a section", "bpf_rcu_read_lock(); bpf_iter_num_destroy(&it); bpf_rcu_read_unlock();")]
    [InlineData("drop an iterator's destroy", "}\n    ;\n    bpf_rcu_read_lock();")]
    [InlineData("misuse an iterator", "bpf_iter_num_destroy(&it); bpf_iter_num_next(&it);")]
    [InlineData("drop an initialisation", "int *n;\n\n    ;\n    while")]
    [InlineData("pass a walked pointer", "bpf_task_acquire(p->real_parent);")]
    [InlineData("make a constant variable", "((sizeof(text)) + (bpf_get_prandom_u32() & 1))")]
    [InlineData("a size too large", "(sizeof(text) + 8)")]
    [InlineData("a size too large", "(sizeof(text) * 2)")]
    [InlineData("sleep in a section", "bpf_rcu_read_lock(); { char own_byte; bpf_copy_from_user(&own_byte, 1, (void *)4096); }")]
    [InlineData("pass NULL", "bpf_task_acquire((void *)0);")]
    [InlineData("pass memory of the stack", "bpf_task_acquire((void *)&(unsigned long long[4]){});")]
    [InlineData("pass with an offset", "bpf_task_acquire((void *)((char *)p + 8));")]
    [InlineData("pass another object", "bpf_task_release((void *)q);")]
    [InlineData("write to an object", "p->flags = 0; seen = p->flags;")]
    [InlineData("move to another program type", "SEC(\"raw_tp/sched_switch\")\nint loops")]
    [InlineData("drop __ksym", "u64 flags) ;\nextern void bpf_local_irq_save")]
    [InlineData("drop the GPL licence", "#define OWN_LICENCE \"Proprietary\"")]
    public void MakesOfAProgram(string kind, string expected) =>
        Assert.Contains(Edited(kind), text => text.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("return early", "if (bpf_get_prandom_u32() == ", ") return 0; seen = p->flags;")]
    [InlineData("break early", "if (bpf_get_prandom_u32() == ", "; seen += *n;")]
    [InlineData("drop an iterator's destroy", "if (bpf_get_prandom_u32() & ", ") bpf_iter_num_destroy(&it);")]
    [InlineData("drop an initialisation", "if (bpf_get_prandom_u32() & ", ") bpf_iter_num_new(&it, 0, 10);")]
    [InlineData("half a section", "extern void bpf_", "__ksym; ")]
    public void LeavesSomeOfItToChance(string kind, string first, string then) =>
        Assert.Contains(Edited(kind), text => text.IndexOf(first, StringComparison.Ordinal) is >= 0 and var at && text.IndexOf(then, at, StringComparison.Ordinal) > at);

    /// <summary>A step through a pointer asks nothing about the pointer itself.</summary>
    [Fact]
    public void WhatAPointerPointsToIsNoCheckOfIt() => Assert.DoesNotContain(Edited("drop a NULL check"), text => !text.Contains("if (*n)", StringComparison.Ordinal));

    /// <summary>What such a variable holds, the compiler decides.</summary>
    [Fact]
    public void NoVariableWithoutAValueIsPassed() => Assert.DoesNotContain(Edited("pass another object"), text => text.Contains("bpf_task_acquire((void *)q)", StringComparison.Ordinal));

    /// <summary>Lines of the kernel's log must be those of the program.</summary>
    [Fact]
    public void NoEditMovesALine()
    {
        var lines = Program.Count(c => c == '\n');
        foreach (var kind in EditKind.All.Where(k => k.Name != "drop the GPL licence"))
            Assert.All(Edited(kind.Name), text => Assert.Equal(lines, text.Count(c => c == '\n')));
    }

    [Fact]
    public void EveryEditChangesTheProgram() =>
        Assert.All(EditKind.All.SelectMany(k => Edited(k.Name)), text => Assert.NotEqual(Program, text));

    [Fact]
    public void OneSeedGivesTheSameEdits()
    {
        foreach (var kind in EditKind.All) Assert.Equal(Edited(kind.Name), Edited(kind.Name));
    }

    [Fact]
    public void ReplacementsThatOverlapAreNoEdit() =>
        Assert.Null(new Edit("both", new Replacement(0, 4, "a"), new Replacement(2, 6, "b")).Apply("0123456789"));

    /// <summary>A test of its own for each: a kind that makes nothing of this program would be a kind without one.</summary>
    [Fact]
    public void EveryKindFindsAnEdit() => Assert.All(EditKind.All, kind => Assert.NotEmpty(Edited(kind.Name)));

    private static List<string> Edited(string kind)
    {
        var subject = new Subject(Tree, KernelModels.For(new(6, 12))!, new Random(1));
        return [.. EditKind.All.Single(k => k.Name == kind).Find(subject).Select(e => e.Apply(Program)).OfType<string>()];
    }

    private static SyntaxTree Parse()
    {
        var folder = Directory.CreateTempSubdirectory("kfunc-lsp-test-");
        var file = Path.Combine(folder.FullName, "program.bpf.c");
        File.WriteAllText(file, Program);
        string[] arguments = ["-target", "bpf", "-O2", "-std=gnu11", "-nostdinc", "-Wno-everything", "-I" + Repository.PathOf("tests", "fixtures", "rules")];
        var tree = SyntaxTree.Parse(file, arguments)!;
        folder.Delete(recursive: true);
        return tree;
    }
}
