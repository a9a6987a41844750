using System.Text;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.EndToEnd;

/// <summary>Bad input has a message, and costs nothing else: the good file beside it is still checked.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public BadInputTests() => _scratch.Write("leak.bpf.c", Programs.Head + Programs.Leak());

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task What_cannot_be_read_as_c()
    {
        _scratch.Write("tool.py", "print('hello')\n");
        File.WriteAllBytes(_scratch.PathOf("noise.bpf.c"), [1, 2, 0, 255, 254]);
        File.WriteAllBytes(_scratch.PathOf("program.o"), [0x7F, .. "ELF"u8, 2, 1, 1, 0]);
        _scratch.Write("big.bpf.c", "int x;\n");
        using (var stream = File.OpenWrite(_scratch.PathOf("big.bpf.c"))) stream.SetLength(50 << 20);
        Directory.CreateDirectory(_scratch.PathOf("empty"));
        (string Name, string Why)[] refused =
        [
            ("absent.bpf.c", "no such file"), ("tool.py", ".py"), ("noise.bpf.c", "binary"), ("program.o", "object file"),
            ("big.bpf.c", "50 MB"), ("empty", "no BPF programs"),
        ];

        var run = await Check([.. refused.Select(r => r.Name), "leak.bpf.c"]);
        foreach (var (name, why) in refused)
        {
            var issue = Assert.Single(run.IssuesOf(name));
            Assert.StartsWith("unreadable: ", issue);
            Assert.Contains(why, issue);
        }

        AssertLeakIsFound(run);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task Prose_under_a_c_name()
    {
        _scratch.Write("prose.bpf.c", "This is a letter.\nIt isn't C at all.\n");
        var run = await Check("prose.bpf.c", "leak.bpf.c");
        Assert.Contains(run.IssuesOf("prose.bpf.c"), i => i.StartsWith("compile-error: ", StringComparison.Ordinal));
        AssertLeakIsFound(run);
        Assert.Equal(2, (await Check("prose.bpf.c")).ExitCode);
    }

    [Fact]
    public async Task A_file_that_includes_itself()
    {
        _scratch.Write("self.bpf.c", Programs.Head + Programs.Good() + "#include \"self.bpf.c\"\n");
        var run = await Check("self.bpf.c", "leak.bpf.c");
        Assert.NotEmpty(run.IssuesOf("self.bpf.c"));
        AssertLeakIsFound(run);
        Assert.Equal(2, (await Check("self.bpf.c")).ExitCode);
    }

    [Fact]
    public async Task A_header_that_is_not_there()
    {
        _scratch.Write("lost.bpf.c", "#include \"nowhere.h\"\n" + Programs.Head + Programs.Good());
        var run = await Check("lost.bpf.c");
        Assert.Contains(run.IssuesOf("lost.bpf.c"), i => i.Contains("nowhere.h"));
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task A_syntax_error_in_the_middle_loses_only_its_function()
    {
        _scratch.Write("half.bpf.c", Programs.Head + Programs.Leak("before")
            + "SEC(\"xdp\")\nint broken(void *ctx)\n{\n\tif (ctx {\n\treturn 0;\n}\n\n" + Programs.Leak("after"));
        var run = await Check("half.bpf.c");
        Assert.Equal(1, run.ExitCode);
        var file = run.FileOf("half.bpf.c");
        var found = file.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("program").GetString());
        Assert.Contains("before", found);
        Assert.Contains(run.IssuesOf("half.bpf.c"), i => i.StartsWith("compile-error: ", StringComparison.Ordinal));
        Assert.All(
            file.GetProperty("programs").EnumerateArray().Where(p => p.GetProperty("name").GetString() == "broken"),
            p => Assert.Equal("inconclusive", p.GetProperty("verdicts").GetProperty("6.12").GetString()));
    }

    [Fact]
    public async Task A_chain_of_ten_thousand_else_ifs()
    {
        var chain = new StringBuilder(Programs.Head + Programs.Leak("beside") + "SEC(\"syscall\")\nint chain(int *ctx)\n{\n\tint x = *ctx;\n\tif (x == 0)\n\t\treturn 0;\n");
        for (var i = 1; i <= 10_000; i++) chain.Append("\telse if (x == ").Append(i).Append(")\n\t\treturn ").Append(i).Append(";\n");
        _scratch.Write("chain.bpf.c", chain.Append("\treturn -1;\n}\n").ToString());
        var run = await Check("chain.bpf.c", "leak.bpf.c");
        AssertLeakIsFound(run);
        AssertVerdictOrReason(run, "chain.bpf.c", "chain");
    }

    [Fact]
    public async Task An_unknown_kernel()
    {
        foreach (var kernel in new[] { "tomorrow", "2.6", "6.12,nine" })
        {
            var run = await KfuncLspProcess.RunAsync(_scratch.Directory, ["check", "--kernel", kernel, "leak.bpf.c"]);
            Assert.Equal((2, ""), (run.ExitCode, run.Out));
            Assert.Contains("6.12", run.Error);
        }
    }

    [Fact]
    public async Task A_compile_database_that_is_not_json()
    {
        _scratch.Write("compile_commands.json", "[{ \"directory\": \"/\", oops");
        var run = await Check("leak.bpf.c");
        Assert.Contains(run.IssuesOf("leak.bpf.c"), i => i.StartsWith("flags: ", StringComparison.Ordinal) && i.Contains("compile_commands.json"));
        AssertLeakIsFound(run);
    }

    [Fact]
    public async Task A_configuration_that_is_not_json()
    {
        _scratch.Write(".kfunc-lsp.json", "{ kernel: ");
        var run = await Check("leak.bpf.c");
        Assert.Contains(".kfunc-lsp.json", run.Error);
        AssertLeakIsFound(run);
    }

    [Fact]
    public async Task No_libclang_at_all()
    {
        var run = await KfuncLspProcess.RunAsync(
            _scratch.Directory, ["check", "--kernel", "6.12", "--format", "json", "leak.bpf.c"], ("KFUNC_LSP_LIBCLANG", "/nonexistent/libclang.so"));
        Assert.Equal(2, run.ExitCode);
        var issue = Assert.Single(run.IssuesOf("leak.bpf.c"));
        Assert.StartsWith("not-parsed: ", issue);
        Assert.Contains("libclang", issue);
        Assert.Contains("/nonexistent/libclang.so", issue);
        Assert.DoesNotContain("   at ", run.Out + run.Error);
    }

    [Fact]
    public async Task A_parser_that_crashes()
    {
        _scratch.Write("deep.bpf.c", $"int f(void) {{ return {new string('(', 2_000_000)}1{new string(')', 2_000_000)}; }}\n");
        var run = await Check("deep.bpf.c", "leak.bpf.c", "--", "-fbracket-depth=100000000");
        Assert.Contains(run.IssuesOf("deep.bpf.c"), i => i.StartsWith("not-parsed: ", StringComparison.Ordinal));
        Assert.Contains(run.FileOf("leak.bpf.c").GetProperty("findings").EnumerateArray(), f => f.GetProperty("rule").GetString() == "KF0101");
        Assert.Equal(2, run.ExitCode);
    }

    private static void AssertLeakIsFound(Run run) => Assert.Contains(
        run.FileOf("leak.bpf.c").GetProperty("findings").EnumerateArray(), f => f.GetProperty("rule").GetString() == "KF0101");

    /// <summary>A program is judged, or an issue names why it is not; either way the file is not silently dropped.</summary>
    private static void AssertVerdictOrReason(Run run, string path, string program)
    {
        var file = run.FileOf(path);
        var judged = file.GetProperty("programs").EnumerateArray().Any(p =>
            p.GetProperty("name").GetString() == program && p.GetProperty("verdicts").GetProperty("6.12").GetString() != "inconclusive");
        Assert.True(judged || file.GetProperty("issues").GetArrayLength() > 0);
    }

    private Task<Run> Check(params string[] arguments) =>
        KfuncLspProcess.RunAsync(_scratch.Directory, ["check", "--kernel", "6.12", "--format", "json", .. arguments]);
}
