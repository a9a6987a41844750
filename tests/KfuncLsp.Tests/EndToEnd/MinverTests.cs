using System.Text.Json;
using KfuncLsp.Registry;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.EndToEnd;

/// <summary><c>kfunc-lsp minver</c>: the oldest kernel for each program, and why.</summary>
public sealed class MinverTests : IDisposable
{
    private const string Vpid = """
        extern struct task_struct *bpf_task_from_vpid(int vpid) __ksym;
        SEC("tp_btf/task_newtask")
        int by_vpid(u64 *ctx)
        {
        	struct task_struct *p = bpf_task_from_vpid(42);
        	if (p)
        		bpf_task_release(p);
        	return 0;
        }

        SEC("tp_btf/task_newtask")
        int plain(u64 *ctx)
        {
        	return 0;
        }

        """;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task AKfuncRaisesTheKernelToTheReleaseItCameWith()
    {
        scratch.Write("a.bpf.c", Programs.Head + Vpid);
        var (code, output) = await Minver("a.bpf.c");
        Assert.Equal(0, code);
        Assert.Contains("by_vpid (tp_btf/task_newtask): 6.13, by the dates of its kfuncs; ", output, StringComparison.Ordinal);
        Assert.Contains("6.12: line 12: no `bpf_task_from_vpid`, which came with 6.13", output, StringComparison.Ordinal);
        Assert.Contains($"plain (tp_btf/task_newtask): {KernelModels.Versions[0]} or older\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKfuncBehindTheFirstThatIsMissingCountsToo()
    {
        scratch.Write("a.bpf.c", Programs.Head + Vpid.Replace("bpf_task_release(p);\n\treturn", "bpf_task_release(p);\n\tint flag = bpf_strlen(\"x\");\n\tif (flag)\n\t\treturn 0;\n\treturn", StringComparison.Ordinal)
            .Replace("extern struct", "extern int bpf_strlen(const char *s) __ksym;\nextern struct", StringComparison.Ordinal));
        var (_, output) = await Minver("a.bpf.c");
        Assert.Contains("by_vpid (tp_btf/task_newtask): 6.17, by the dates", output, StringComparison.Ordinal);
        Assert.Contains("no `bpf_strlen`, which came with 6.17", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProgramThatNoKernelTakesEndsIn1()
    {
        scratch.Write("a.bpf.c", Programs.Head + Programs.Leak());
        var (code, output) = await Minver("a.bpf.c");
        Assert.Equal(1, code);
        Assert.Contains("leak (tp_btf/task_newtask): no kernel", output, StringComparison.Ordinal);
        Assert.Contains("Unreleased reference", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonNamesEveryKernelOnce()
    {
        scratch.Write("a.bpf.c", Programs.Head + Vpid);
        var (_, output) = await Minver("--format", "json", "a.bpf.c");
        var program = JsonDocument.Parse(output).RootElement.GetProperty("files")[0].GetProperty("programs")[0];
        Assert.Equal("6.13", program.GetProperty("oldest").GetString());
        var kernels = program.GetProperty("accepted").EnumerateArray().Select(k => k.GetString()).Concat(program.GetProperty("rejected").EnumerateArray().Select(b => b.GetProperty("kernel").GetString()));
        Assert.Equal(KernelModels.Versions.Select(v => v.ToString()).Order(StringComparer.Ordinal), kernels.Order(StringComparer.Ordinal));
        var reason = program.GetProperty("rejected").EnumerateArray().Last().GetProperty("reasons")[0];
        Assert.Equal(("KF0702", "bpf_task_from_vpid", "6.13"), (reason.GetProperty("rule").GetString(), reason.GetProperty("kfunc").GetString(), reason.GetProperty("kfuncSince").GetString()));
    }

    [Fact]
    public async Task AMissingFileIsRefused()
    {
        var run = await KfuncLspProcess.RunAsync(scratch.Directory, ["minver", "none.bpf.c"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("none.bpf.c", run.Error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> Minver(params string[] arguments)
    {
        var run = await KfuncLspProcess.RunAsync(scratch.Directory, ["minver", .. arguments]);
        return (run.ExitCode, run.Out);
    }
}
