using KfuncLsp.Analysis;
using Xunit;

namespace KfuncLsp.Tests.Analysis;

/// <summary>The ways through a function share what their callers hold until one of them changes it: no way sees what another one did.</summary>
public sealed class CallerFrameTests
{
    private static ProgramReport Report(string callee, string body)
    {
        var source = new RuleSource($$"""
            #include "kernel.h"
            {{callee}}
            SEC("tp_btf/task_newtask")
            int program(u64 *ctx)
            {
                struct task_struct *p = bpf_task_from_pid(42);

                {{body}}
            }
            """);
        return Assert.Single(source.Analyze(source.Lower(), "6.12").Programs);
    }

    [Theory]
    [InlineData("static __noinline int drop(struct task_struct *p) { if (bpf_get_prandom_u32()) { bpf_task_release(p); return 1; } return 0; }",
        "if (!p) return 0; if (drop(p)) return 0; int pid = p->pid; bpf_task_release(p); return pid;")]
    [InlineData("static __noinline int drop(struct task_struct *p) { if (bpf_get_prandom_u32()) return 0; bpf_task_release(p); return 1; }",
        "if (!p) return 0; if (drop(p)) return 0; int pid = p->pid; bpf_task_release(p); return pid;")]
    [InlineData("static __noinline int isThere(struct task_struct *p) { return p != 0; }",
        "if (!isThere(p)) return 0; bpf_task_release(p); return 0;")]
    [InlineData("static __noinline int pick(int *to) { if (bpf_get_prandom_u32()) { *to = 1; return 1; } *to = 0; return 0; }",
        "int kept = 7; if (!p) return 0; if (pick(&kept) != kept) return 0; bpf_task_release(p); return 0;")]
    [InlineData("static __noinline int inner(struct task_struct *p) { if (bpf_get_prandom_u32()) return 0; bpf_task_release(p); return 1; } static __noinline int drop(struct task_struct *p) { return inner(p); }",
        "if (!p) return 0; if (!drop(p)) bpf_task_release(p); return 0;")]
    public void OneWayDoesNotSeeWhatAnotherDid(string callee, string body) =>
        Assert.Equal(Verdict.Accepted, Report(callee, body).Verdict);

    [Theory]
    [InlineData("static __noinline int drop(struct task_struct *p) { if (bpf_get_prandom_u32()) { bpf_task_release(p); return 1; } return 0; }",
        "if (!p) return 0; drop(p); bpf_task_release(p); return 0;")]
    [InlineData("static __noinline int drop(struct task_struct *p) { if (bpf_get_prandom_u32()) return 0; bpf_task_release(p); return 1; }",
        "if (!p) return 0; drop(p); bpf_task_release(p); return 0;")]
    public void EachWayIsFollowed(string callee, string body) =>
        Assert.Equal(Verdict.Rejected, Report(callee, body).Verdict);
}
