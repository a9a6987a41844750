using System.Text.Json;
using Xunit;

namespace KfuncLsp.Tests.Server.Features;

/// <summary>Hover on everything that is no kfunc, asked of a real process.</summary>
public sealed class RichHoverTests(EditorProcess editor)
{
    [Theory]
    [InlineData("struct task_struct *|p = bpf_task_from_pid", "struct task_struct *p", "a kernel `struct task_struct`, trusted, **may be NULL**, **owned**: acquired by `bpf_task_from_pid` on line 22")]
    [InlineData("(|p->pid == 7)", "struct task_struct *p", "A kernel `struct task_struct`, trusted, **owned**: acquired by `bpf_task_from_pid` on line 22")]
    [InlineData("if (!|slot)\n\t\treturn 0;\n\tbpf_rcu", "struct slot *slot", "A value of `slots`, **may be NULL**")]
    [InlineData("|task = slot->task", "struct task_struct *task", "protected by RCU, **may be NULL**")]
    [InlineData("bpf_iter_num_next(&|it)", "struct bpf_iter_num it", "A running iterator (num)")]
    public async Task AVariableIsToldAsItIsHere(string at, string title, string has)
    {
        await editor.StatesAsync();
        var text = await HoverAsync(at);
        Assert.Contains($"```c\n{title}\n```", text);
        Assert.Contains(has, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("6.12", text);
    }

    [Theory]
    [InlineData("SEC(\"tp_btf/|task_newtask\")", "`BPF_PROG_TYPE_TRACING`, attach type `BPF_TRACE_RAW_TP`", "Attached to `task_newtask`", "Not sleepable", "Its arguments are trusted pointers", "kfuncs of 6.12 may be called")]
    [InlineData("SEC(\"lsm.s|/file_open\")", "`BPF_PROG_TYPE_LSM`", "Sleepable: it may call kfuncs that sleep")]
    [InlineData("S|EC(\"tc\")", "`BPF_PROG_TYPE_SCHED_CLS`", "Its context is `struct __sk_buff *`")]
    public async Task ASectionSaysWhatProgramItMakes(string at, params string[] has)
    {
        var text = await HoverAsync(at);
        Assert.All(has, h => Assert.Contains(h, text));
    }

    [Theory]
    [InlineData("__kptr *|task;", "struct task_struct __kptr *task;   /* in struct slot */", "`bpf_kptr_xchg(&value->task, p)`", "protected by RCU and may be NULL")]
    [InlineData("slot->|task;", "struct task_struct __kptr *task;", "The map owns what it holds")]
    [InlineData("kfunc: allow KF|0101", "**KF0101 unreleased-reference**", "KF0101-unreleased-reference.md")]
    public async Task FieldsAndRulesAreExplained(string at, params string[] has)
    {
        var text = await HoverAsync(at);
        Assert.All(has, h => Assert.Contains(h, text));
    }

    [Theory]
    [InlineData("// KF_ACQ|UIRE", "must be released")]
    [InlineData("extern int bpf_copy_from_user_str(void *dst, u32 dst__|sz) __ksym;", "the size in bytes of the memory")]
    [InlineData("extern int f(u32 n__|k) __ksym;", "a constant that the verifier knows")]
    public async Task TheKernelsWordsAreExplained(string line, string has)
    {
        await using var session = await LspSession.OnSketchesAsync();
        var column = line.IndexOf('|');
        await session.OpenAsync("file:///w/a.bpf.c", "SEC(\"tc\") int p(void) { }\n" + line.Remove(column, 1));
        var hover = await session.RequestAsync("textDocument/hover", LspSession.At("file:///w/a.bpf.c", 1, column));
        Assert.Contains(has, hover.GetProperty("contents").GetProperty("value").GetString());
    }

    private async Task<string> HoverAsync(string at)
    {
        var hover = await editor.AskAtAsync("textDocument/hover", at);
        Assert.NotEqual(JsonValueKind.Null, hover.ValueKind);
        return hover.GetProperty("contents").GetProperty("value").GetString()!;
    }
}
