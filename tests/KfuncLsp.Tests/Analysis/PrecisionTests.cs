using KfuncLsp.Analysis;
using Xunit;

namespace KfuncLsp.Tests.Analysis;

/// <summary>Only numbers that decide something tell paths apart; one that decides something later is not forgotten.</summary>
public sealed class PrecisionTests
{
    /// <summary>A task is released where a number says so; the path that is walked first says nothing of the other one.</summary>
    private static string ReleasedWhere(string before, string number, string question) => $$"""
        #include "kernel.h"
        {{before}}
        SEC("tp_btf/task_newtask")
        int program(u64 *ctx)
        {
            struct task_struct *p = bpf_task_from_pid(42);
            int n = 0;

            if (!p)
                return 0;
            {{number}}
            if ({{question}})
                bpf_task_release(p);
            return 0;
        }
        """;

    [Theory]
    [InlineData("", "if (bpf_get_prandom_u32()) n = 1;", "n")]
    [InlineData("", "if (bpf_get_prandom_u32()) n = 1;", "!n")]
    [InlineData("", "if (bpf_get_prandom_u32()) n = 1; int m = n + 1; int k = m;", "k == 2")]
    [InlineData("", "if (bpf_get_prandom_u32()) n = 4; else n = 7; int limit = 5;", "n < limit")]
    [InlineData("static __noinline int same(int x) { return x; }", "if (bpf_get_prandom_u32()) n = 1; n = same(n);", "n == 1")]
    [InlineData("static __noinline int isOne(int x) { return x == 1; }", "if (bpf_get_prandom_u32()) n = 1;", "isOne(n)")]
    [InlineData("static __noinline void put(int *to, int x) { *to = x; }", "int kept = 0; if (bpf_get_prandom_u32()) n = 1; put(&kept, n);", "kept == 1")]
    [InlineData("", "int a[2] = {}; if (bpf_get_prandom_u32()) n = 1; a[1] = n;", "a[1]")]
    [InlineData("", "if (bpf_get_prandom_u32()) n = 3; switch (n) { case 3: n = 8; break; default: n = 9; }", "n == 8")]
    [InlineData("", "for (int i = 0; i < 3; i++) if (bpf_get_prandom_u32()) n++;", "n != 2")]
    [InlineData("", "char a[4]; bpf_get_current_comm(a, 4); if (bpf_get_prandom_u32()) a[1] = 7;", "a[1] == 7")]
    [InlineData("", "short a[2]; bpf_get_current_comm(a, 4); if (bpf_get_prandom_u32()) a[1] = 7; else *(char *)&a[1] = 7;", "a[1] == 7")]
    [InlineData("static __noinline int pick(void) { if (bpf_get_prandom_u32()) return 1; return 0; }", "n = pick();", "n")]
    [InlineData("static __noinline void pick(int *to) { if (bpf_get_prandom_u32()) { *to = 1; return; } *to = 0; }", "pick(&n);", "n")]
    public void NumberThatDecidesLaterIsNotForgotten(string before, string number, string question)
    {
        var source = new RuleSource(ReleasedWhere(before, number, question));
        var program = Assert.Single(source.Analyze(source.Lower(), "6.12").Programs);
        Assert.Equal("KF0101", Assert.Single(program.Findings).Rule.Code);
    }

    [Theory]
    [InlineData("", "if (bpf_get_prandom_u32()) n = 1; int m = n;", "n == m")]
    [InlineData("", "if (bpf_get_prandom_u32()) n = 1;", "n < 2")]
    [InlineData("static __noinline int same(int x) { return x; }", "n = same(bpf_get_prandom_u32() ? 4 : 5);", "n > 3")]
    public void NumberThatDecidesTheSameEveryTimeIsKnown(string before, string number, string question)
    {
        var source = new RuleSource(ReleasedWhere(before, number, question));
        var program = Assert.Single(source.Analyze(source.Lower(), "6.12").Programs);
        Assert.Equal(Verdict.Accepted, program.Verdict);
    }

    /// <summary>Rounds × what was counted would be some thousand states.</summary>
    [Theory]
    [InlineData("return 0;")]
    [InlineData("return seen;")]
    public void CounterThatDecidesNothingCostsNoPaths(string end)
    {
        var source = new RuleSource($$"""
            #include "kernel.h"
            SEC("tc")
            int program(struct __sk_buff *skb)
            {
                int seen = 0;

                for (int i = 0; i < 60; i++)
                    if (bpf_get_prandom_u32() & 1)
                        seen++;
                {{end}}
            }
            """);
        var program = Assert.Single(source.Analyze(source.Lower(), "6.12").Programs);
        Assert.Equal(Verdict.Accepted, program.Verdict);
        Assert.InRange(program.Steps, 1, 2500);
    }

    /// <summary>Of 32 bytes each may have been replaced: that would be more states than could be walked.</summary>
    [Fact]
    public void BytesStoredForNobodyCostNoPaths()
    {
        var source = new RuleSource("""
            #include "kernel.h"
            static void sanitize(char *text, unsigned long size)
            {
                for (char *c = text; (unsigned long)(c - text) < size && *c; ++c)
                    if (*c == '\n')
                        *c = ' ';
            }

            SEC("tc")
            int program(struct __sk_buff *skb)
            {
                char name[32] = {};

                bpf_get_current_comm(name, sizeof(name));
                sanitize(name, sizeof(name));
                return 0;
            }
            """);
        var program = Assert.Single(source.Analyze(source.Lower(), "6.12").Programs);
        Assert.Equal(Verdict.Accepted, program.Verdict);
        Assert.InRange(program.Steps, 1, 2500);
    }

    /// <summary>Three ways through each of twelve calls would be half a million paths.</summary>
    [Fact]
    public void WaysThroughFunctionsAreNotMultiplied()
    {
        var calls = string.Concat(Enumerable.Repeat("visit();\n", 12));
        var source = new RuleSource($$"""
            #include "kernel.h"
            static __noinline void visit(void)
            {
                struct task_struct *p = bpf_task_from_pid(1);

                if (!p)
                    return;
                if (bpf_get_prandom_u32())
                    bpf_get_prandom_u32();
                bpf_task_release(p);
            }

            SEC("tc")
            int program(struct __sk_buff *skb)
            {
                {{calls}}
                return 0;
            }
            """);
        var program = Assert.Single(source.Analyze(source.Lower(), "6.12").Programs);
        Assert.Equal(Verdict.Accepted, program.Verdict);
        Assert.InRange(program.Steps, 1, 2500);
    }

    /// <summary>Every byte decides something, so that no two paths are one.</summary>
    [Fact]
    public void BudgetEndsWhatHasTooManyStates()
    {
        var source = new RuleSource("""
            #include "kernel.h"
            SEC("tc")
            int program(struct __sk_buff *skb)
            {
                char seen[48] = {};
                int sum = 0;

                for (int i = 0; i < 48; i++)
                    if (bpf_get_prandom_u32() & 1)
                        seen[i] = 1;
                for (int i = 0; i < 48; i++)
                    if (seen[i])
                        sum++;
                return sum > 3;
            }
            """);
        var program = Assert.Single(source.Analyze(source.Lower(), "6.12").Programs);
        Assert.Equal(Verdict.Inconclusive, program.Verdict);
        Assert.Contains("steps would be needed", Assert.Single(program.Issues).Reason);
    }
}
