using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.EndToEnd;

/// <summary><c>check --fix</c>: what is safe is mended in the file, and nothing else.</summary>
public sealed class FixTests : IDisposable
{
    private const string Head = """
        #define SEC(name) __attribute__((section(name), used))
        #define __ksym __attribute__((section(".ksyms")))
        #define __weak __attribute__((weak))
        typedef unsigned long long u64;
        struct task_struct { int pid; int tgid; } __attribute__((preserve_access_index));
        extern struct task_struct *bpf_task_from_pid(int pid) __ksym;

        """;

    private const string Body = """

        SEC("tp_btf/task_newtask")
        int good(u64 *ctx)
        {
        	struct task_struct *p = bpf_task_from_pid(42);
        	if (!p)
        		return 0;
        	bpf_task_release(p);
        	return 0;{0}
        }

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("plain", "")]
    [InlineData("weak", " __weak")]
    public async Task What_is_safe_is_mended_and_told(string style, string weak)
    {
        _scratch.Write(".kfunc-lsp.json", $$"""{ "kernels": "6.12", "completion": { "declaration": "{{style}}" } }""");
        var file = _scratch.Write("a.bpf.c", Head + Body.Replace("{0}", " // kfunc: allow KF0101 it was so once"));
        var run = await Fix("a.bpf.c");
        Assert.Equal((0, "no error found in 1 program of 1 file, kernel 6.12\n"), (run.ExitCode, run.Out));
        var expected = $"{Head}extern void bpf_task_release(struct task_struct *p) __ksym{weak};\n{Body.Replace("{0}", "")}\nchar LICENSE[] SEC(\"license\") = \"GPL\";\n";
        Assert.Equal(expected, File.ReadAllText(file));
        Assert.Contains("a.bpf.c:14: Declare `bpf_task_release`", run.Error);
        Assert.Contains("Add the GPL licence that kfuncs need", run.Error);
        Assert.Contains("a.bpf.c:15: Remove this suppression", run.Error);

        var again = await Fix("a.bpf.c");
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(expected, File.ReadAllText(file));
        Assert.DoesNotContain("a.bpf.c", again.Error);
    }

    [Fact]
    public async Task What_needs_a_look_is_left_as_it_is()
    {
        var text = Programs.Head + Programs.Leak();
        var file = _scratch.Write("a.bpf.c", text);
        var run = await Fix("--kernel", "6.12", "a.bpf.c");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error[KF0101]", run.Out);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public async Task Without_it_no_file_is_touched()
    {
        var text = Head + Body.Replace("{0}", "");
        var file = _scratch.Write("a.bpf.c", text);
        var run = await KfuncLspProcess.RunAsync(_scratch.Directory, ["check", "--kernel", "6.12", "a.bpf.c"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(text, File.ReadAllText(file));
    }

    private Task<Run> Fix(params string[] arguments) => KfuncLspProcess.RunAsync(_scratch.Directory, ["check", "--fix", .. arguments]);
}
