using System.Text.Json;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Tests.Registry.Built;
using Xunit;

namespace KfuncLsp.Tests.EndToEnd;

/// <summary>A kfunc that was written this morning, from its tree to the verdict on a program that calls it.</summary>
public sealed class OwnRegistryTests : IDisposable
{
    private const string Gadget = """
        __bpf_kfunc struct gadget *bpf_gadget_new(int size)
        {
        	return 0;
        }

        __bpf_kfunc void bpf_gadget_free(struct gadget *gadget)
        {
        }

        BTF_KFUNCS_START(gadget_ids)
        BTF_ID_FLAGS(func, bpf_gadget_new, KF_ACQUIRE | KF_RET_NULL)
        BTF_ID_FLAGS(func, bpf_gadget_free, KF_RELEASE)
        BTF_KFUNCS_END(gadget_ids)

        static const struct btf_kfunc_id_set gadget_set = {
        	.owner = THIS_MODULE,
        	.set = &gadget_ids,
        };

        static int __init gadget_init(void)
        {
        	return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &gadget_set);
        }

        """;

    private const string Head = """
        #define SEC(name) __attribute__((section(name), used))
        #define __ksym __attribute__((section(".ksyms")))
        struct xdp_md { int data; };
        struct gadget { int size; } __attribute__((preserve_access_index));
        extern struct gadget *bpf_gadget_new(int size) __ksym;
        extern void bpf_gadget_free(struct gadget *gadget) __ksym;
        char LICENSE[] SEC("license") = "GPL";

        """;

    private const string Leak = Head + """
        SEC("xdp")
        int leak(struct xdp_md *ctx)
        {
        	struct gadget *gadget = bpf_gadget_new(8);

        	if (gadget && gadget->size == 8)
        		return 1;
        	if (gadget)
        		bpf_gadget_free(gadget);
        	return 2;
        }

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task AKfuncWrittenThisMorningIsJudged()
    {
        await Extract();
        _scratch.Write("a.bpf.c", Leak);
        var run = await Run("check", "--registry", "mine.json", "--format", "json", "a.bpf.c");
        Assert.Contains("target kernel 6.99 (from ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
        var finding = Assert.Single(run.FileOf("a.bpf.c").GetProperty("findings").EnumerateArray());
        Assert.Equal("KF0101", finding.GetProperty("rule").GetString());
        Assert.Equal(Leak.Split('\n').ToList().IndexOf("\t\treturn 1;"), finding.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32());
        Assert.Contains("Unreleased reference", finding.GetProperty("kernelMessage").GetString(), StringComparison.Ordinal);

        _scratch.Write("a.bpf.c", Leak.Replace("\t\treturn 1;", "\t\tgadget->size;", StringComparison.Ordinal));
        Assert.Equal(0, (await Run("check", "--registry", "mine.json", "a.bpf.c")).ExitCode);
    }

    [Fact]
    public async Task WithoutTheRegistryNothingIsKnownOfIt()
    {
        _scratch.Write("a.bpf.c", Leak);
        var run = await Run("check", "--kernel", "6.12", "--format", "json", "a.bpf.c");
        Assert.All(run.FileOf("a.bpf.c").GetProperty("findings").EnumerateArray(), f => Assert.Equal("KF0704", f.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task AProjectNamesItsRegistry()
    {
        await Extract();
        _scratch.Write("a.bpf.c", Leak);
        _scratch.Write(".kfunc-lsp.json", """{ "registry": "mine.json", "kernels": ["6.12", "6.99"] }""");
        var run = await Run("check", "--format", "json", "a.bpf.c");
        var verdicts = run.FileOf("a.bpf.c").GetProperty("programs")[0].GetProperty("verdicts");
        Assert.Equal("rejected", verdicts.GetProperty("6.99").GetString());
        Assert.NotEqual("rejected", verdicts.GetProperty("6.12").GetString());
    }

    [Fact]
    public async Task OtherCommandsReadItToo()
    {
        await Extract();
        var show = await Run("registry", "show", "--registry", "mine.json", "bpf_gadget_new", "--format", "json");
        Assert.Equal(["KF_ACQUIRE", "KF_RET_NULL"], show.Json.GetProperty("kfuncs")[0].GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        Assert.Contains("bpf_gadget_free", (await Run("registry", "list", "--registry", "mine.json", "--program-type", "XDP")).Out, StringComparison.Ordinal);
        Assert.Contains("+ struct gadget *bpf_gadget_new(int size)", (await Run("registry", "diff", "6.12", "mine.json")).Out, StringComparison.Ordinal);
        _scratch.Write("a.bpf.c", Leak.Replace("\t\treturn 1;", "\t\tgadget->size;", StringComparison.Ordinal));
        var minver = await Run("minver", "--registry", "mine.json", "a.bpf.c");
        Assert.Contains("6.99", minver.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AModulesKfuncIsJudgedByTheFlagsInItsFile()
    {
        WriteKernel();
        File.WriteAllBytes(_scratch.PathOf("gadget.ko"), SampleKernel.Module());
        _scratch.Write("a.bpf.c", Leak);
        var run = await Run("check", "--registry", "gadget.ko", "--kernel", "6.12", "--format", "json", "a.bpf.c");
        Assert.True(run.ExitCode == 1, run.Error);
        Assert.Equal("KF0101", Assert.Single(run.FileOf("a.bpf.c").GetProperty("findings").EnumerateArray()).GetProperty("rule").GetString());

        // As a loaded module shows itself it has no flags: then the call is not followed, and that is said.
        File.WriteAllBytes(_scratch.PathOf("gadget.ko"), SampleKernel.ModuleBtf());
        run = await Run("check", "--registry", "gadget.ko", "--kernel", "6.12", "--format", "json", "a.bpf.c");
        Assert.Equal(0, run.ExitCode);
        Assert.All(run.FileOf("a.bpf.c").GetProperty("findings").EnumerateArray(), f => Assert.Equal("KF0704", f.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task WhatTheKernelWasBuiltWithoutIsSaidWithItsOption()
    {
        WriteKernel();
        var declaration = "extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym";
        var program = Programs.Head + declaration + ";\n" + Programs.Good().Replace("\tbpf_task_release(p);", "\tbpf_task_release(p);\n\tp = bpf_task_acquire((void *)ctx[0]);\n\tif (p)\n\t\tbpf_task_release(p);", StringComparison.Ordinal);
        _scratch.Write("a.bpf.c", program);
        var run = await Run("check", "--format", "json", "a.bpf.c");
        var finding = Assert.Single(run.FileOf("a.bpf.c").GetProperty("findings").EnumerateArray());
        Assert.Equal(("KF0702", "6.12.7-tiny has no `bpf_task_acquire` (needs CONFIG_BPF_SYSCALL); declare it `__weak` and guard it"),
            (finding.GetProperty("rule").GetString(), finding.GetProperty("message").GetString()));

        _scratch.Write("a.bpf.c", program.Replace(declaration, declaration + " __attribute__((weak))", StringComparison.Ordinal).Replace("\tp = bpf_task_acquire", "\tif (!bpf_task_acquire)\n\t\treturn 0;\n\tp = bpf_task_acquire", StringComparison.Ordinal));
        Assert.Equal((0, ""), ((await Run("check", "a.bpf.c")) is var guarded ? (guarded.ExitCode, guarded.Out.Contains("KF", StringComparison.Ordinal) ? guarded.Out : "") : default));

        // Another kernel of the release may have it.
        _scratch.Write(".kfunc-lsp.json", "{}");
        _scratch.Write("a.bpf.c", program);
        Assert.Equal(0, (await Run("check", "--kernel", "6.12", "a.bpf.c")).ExitCode);
    }

    [Theory]
    [InlineData("half", "not a registry")]
    [InlineData("{}", "not a registry")]
    [InlineData("""{ "release": "6.99", "kfuncs": [] }""", "not a whole registry: it has no kfuncs")]
    [InlineData("""{ "release": "six", "kfuncs": [{ "name": "f", "source": "f.c:1" }] }""", "not a whole registry: 'six' is no release")]
    [InlineData(null, "mine.json")]
    public async Task APartOfARegistryIsNone(string? content, string reason)
    {
        if (content == "half")
        {
            await Extract();
            content = File.ReadAllText(_scratch.PathOf("mine.json"));
            content = content[..(content.Length / 2)];
        }

        if (content is not null) _scratch.Write("mine.json", content);
        _scratch.Write("a.bpf.c", Leak);
        var run = await Run("check", "--registry", "mine.json", "a.bpf.c");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);

        _scratch.Write(".kfunc-lsp.json", """{ "registry": "mine.json" }""");
        run = await Run("check", "a.bpf.c");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    /// <summary>A small kernel of 6.12 as a project names it.</summary>
    private void WriteKernel()
    {
        Directory.CreateDirectory(_scratch.PathOf("boot"));
        File.WriteAllBytes(_scratch.PathOf("boot/vmlinux-6.12.7-tiny"), SampleKernel.Vmlinux());
        _scratch.Write("boot/config-6.12.7-tiny", "CONFIG_BPF=y\n");
        _scratch.Write(".kfunc-lsp.json", """{ "btf": "boot/vmlinux-6.12.7-tiny" }""");
    }

    /// <summary>The kernel of the fixtures with one more file in it.</summary>
    private async Task Extract()
    {
        var forms = Repository.PathOf("tests", "fixtures", "trees", "forms");
        foreach (var file in Directory.EnumerateFiles(forms, "*", SearchOption.AllDirectories))
            _scratch.Write(Path.Combine("tree", Path.GetRelativePath(forms, file)), File.ReadAllText(file));
        _scratch.Write("tree/kernel/bpf/gadget.c", Gadget);
        var run = await Run("registry", "extract", "--tree", "tree", "--out", "mine.json");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private Task<Run> Run(params string[] arguments) => KfuncLspProcess.RunAsync(_scratch.Directory, arguments);
}
