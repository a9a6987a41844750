using System.Text.Json;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.EndToEnd;

public sealed class CheckTests : IDisposable
{
    private static readonly JsonSchema Schema = new(JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "check.schema.json"))).RootElement);

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_leak_is_found_where_it_leaves()
    {
        var text = Programs.Head + Programs.Leak() + Programs.Good();
        _scratch.Write("a.bpf.c", text);
        var run = await Check("--kernel", "6.12,7.3", "--format", "json", "a.bpf.c");
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(Schema.Validate(run.Json));
        Assert.Contains("target kernel 6.12, 7.3", run.Error);

        var file = run.FileOf("a.bpf.c");
        Assert.Equal(
            ["""{"name":"leak","section":"tp_btf/task_newtask","programType":"TRACING","sleepable":false,"verdicts":{"6.12":"rejected","7.3":"rejected"}}""",
             """{"name":"good","section":"tp_btf/task_newtask","programType":"TRACING","sleepable":false,"verdicts":{"6.12":"accepted","7.3":"accepted"}}"""],
            file.GetProperty("programs").EnumerateArray().Select(p => JsonSerializer.Serialize(p)));
        var finding = Assert.Single(file.GetProperty("findings").EnumerateArray());
        Assert.Equal("KF0101", finding.GetProperty("rule").GetString());
        Assert.Equal("unreleased-reference", finding.GetProperty("slug").GetString());
        Assert.Equal("leak", finding.GetProperty("program").GetString());
        Assert.Contains("reference", finding.GetProperty("kernelMessage").GetString());
        var line = text.Split('\n').ToList().FindIndex(l => l.Contains("return 1;"));
        Assert.Equal(line, finding.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32());
        Assert.Equal(2, finding.GetProperty("range").GetProperty("start").GetProperty("character").GetInt32());
        Assert.NotEmpty(finding.GetProperty("steps").EnumerateArray());
        Assert.Empty(file.GetProperty("issues").EnumerateArray());
    }

    [Fact]
    public async Task A_header_behind_code_counts_without_a_cache_too()
    {
        var licence = Programs.Head.IndexOf("char LICENSE", StringComparison.Ordinal);
        _scratch.Write("programs.h", Programs.Leak() + Programs.Head[licence..]);
        _scratch.Write("head.h", Programs.Head[..licence]);
        _scratch.Write("a.bpf.c", "#include \"head.h\"\nint before;\n#include \"programs.h\"\n" + Programs.Good());
        var run = await KfuncLspProcess.RunAsync(_scratch.Directory, ["check", "--kernel", "6.12", "--format", "json", "a.bpf.c"], ("XDG_CACHE_HOME", "/proc/nowhere"));
        Assert.Equal(["KF0101"], run.FileOf("a.bpf.c").GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task A_clean_file_ends_in_0()
    {
        _scratch.Write("a.bpf.c", Programs.Head + Programs.Good());
        var run = await Check("--kernel", "6.12", "a.bpf.c");
        Assert.Equal((0, "no error found in 1 program of 1 file, kernel 6.12\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task Text_shows_the_source_and_the_kernels_words()
    {
        _scratch.Write("a.bpf.c", Programs.Head + Programs.Leak());
        var run = await Check("--kernel", "6.12", "a.bpf.c");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error[KF0101]", run.Out);
        Assert.Contains("return 1;", run.Out);
        Assert.Contains("^^^^", run.Out);
        Assert.Contains("Unreleased reference", run.Out);
        Assert.DoesNotContain("\e[", run.Out);
    }

    [Theory]
    [InlineData("github", "::error file=a.bpf.c,line=")]
    [InlineData("sarif", "\"ruleId\": \"KF0101\"")]
    public async Task Every_format_tells_it(string format, string text)
    {
        _scratch.Write("a.bpf.c", Programs.Head + Programs.Leak());
        var run = await Check("--kernel", "6.12", "--format", format, "a.bpf.c");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(text, run.Out);
    }

    [Fact]
    public async Task Every_entry_of_the_compile_database_is_checked_and_findings_are_listed_once()
    {
        var path = _scratch.Write("a.bpf.c", Programs.Head + "#ifdef BROKEN\n" + Programs.Leak("maybe") + "#else\n" + Programs.Good("maybe") + "#endif\n" + Programs.Leak("always"));
        _scratch.Write("build/compile_commands.json", JsonSerializer.Serialize(new[]
        {
            new { directory = _scratch.Directory, file = path, command = $"clang -target bpf -O2 -g -c {path}" },
            new { directory = _scratch.Directory, file = path, command = $"clang -target bpf -O2 -g -DBROKEN -c {path}" },
        }));
        var run = await Check("--kernel", "6.12", "--format", "json", "-p", "build", "a.bpf.c");
        Assert.Equal(1, run.ExitCode);
        var file = run.FileOf("a.bpf.c");
        Assert.Equal(["maybe", "always"], file.GetProperty("programs").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.All(file.GetProperty("programs").EnumerateArray(), p => Assert.Equal("rejected", p.GetProperty("verdicts").GetProperty("6.12").GetString()));
        Assert.Equal(["always", "maybe"], file.GetProperty("findings").EnumerateArray().Select(p => p.GetProperty("program").GetString()).Order());
    }

    [Fact]
    public async Task What_follows_two_dashes_is_clangs()
    {
        _scratch.Write("a.bpf.c", Programs.Head + "#ifdef BROKEN\n" + Programs.Leak() + "#endif\n");
        Assert.Equal(0, (await Check("--kernel", "6.12", "a.bpf.c")).ExitCode);
        Assert.Equal(1, (await Check("--kernel", "6.12", "a.bpf.c", "--", "-DBROKEN")).ExitCode);
    }

    [Fact]
    public async Task A_finding_in_a_header_goes_to_the_header()
    {
        _scratch.Write("own.h", "static inline int take(void)\n{\n\tstruct task_struct *p = bpf_task_from_pid(1);\n\treturn p ? 1 : 0;\n}\n");
        _scratch.Write("a.bpf.c", Programs.Head + "#include \"own.h\"\nSEC(\"tp_btf/task_newtask\")\nint f(u64 *ctx)\n{\n\treturn take();\n}\n");
        var run = await Check("--kernel", "6.12", "--format", "json", "a.bpf.c");
        var finding = Assert.Single(run.FileOf("a.bpf.c").GetProperty("findings").EnumerateArray());
        Assert.Equal("KF0101", finding.GetProperty("rule").GetString());
        Assert.Contains("own.h", finding.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Doctor_names_the_command_and_why()
    {
        _scratch.Write("a.bpf.c", Programs.Head + Programs.Good());
        _scratch.Write("compile_flags.txt", "-DFROM_FLAGS\n");
        var run = await KfuncLspProcess.RunAsync(_scratch.Directory, ["doctor", "--kernel", "6.12", "a.bpf.c"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("libclang", run.Out);
        Assert.Contains("target kernel:  6.12", run.Out);
        Assert.Contains("compile_flags.txt", run.Out);
        Assert.Contains("-DFROM_FLAGS", run.Out);
    }

    [Fact]
    public async Task Ir_prints_one_function()
    {
        _scratch.Write("a.bpf.c", Programs.Head + Programs.Leak() + Programs.Good());
        var run = await KfuncLspProcess.RunAsync(_scratch.Directory, ["ir", "a.bpf.c", "good"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("bpf_task_release", run.Out);
        Assert.DoesNotContain("leak", run.Out);
        var missing = await KfuncLspProcess.RunAsync(_scratch.Directory, ["ir", "a.bpf.c", "absent"]);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("leak, good", missing.Error);
    }

    private Task<Run> Check(params string[] arguments) => KfuncLspProcess.RunAsync(_scratch.Directory, ["check", .. arguments]);
}
