using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.EndToEnd;

/// <summary><c>explain</c> and <c>explain-log</c>, as one runs them.</summary>
public sealed class ExplainTests : IDisposable
{
    private const string Log = """
        libbpf: prog 'leak': BPF program load failed: -EINVAL
        libbpf: prog 'leak': -- BEGIN PROG LOAD LOG --
        0: R1=ctx() R10=fp0
        ; struct task_struct *p = bpf_task_from_pid(42); @ leak.bpf.c:3
        0: (b7) r1 = 42                       ; R1_w=42
        1: (85) call bpf_task_from_pid#1      ; R0_w=ptr_or_null_task_struct(id=2,ref_obj_id=2) refs=2
        ; return 1; @ leak.bpf.c:5
        2: (95) exit
        Unreleased reference id=2 alloc_insn=1
        BPF_EXIT instruction in main prog would lead to reference leak
        processed 3 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
        -- END PROG LOAD LOG --

        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("KF0101")]
    [InlineData("unreleased-reference")]
    public async Task A_rules_page_is_printed(string name)
    {
        var run = await Run("explain", name);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("KF0101 unreleased-reference", run.Out, StringComparison.Ordinal);
        Assert.Contains("Unreleased reference", run.Out);
        Assert.Contains("bpf_task_release(", run.Out);
    }

    [Fact]
    public async Task Without_a_rule_all_are_listed()
    {
        var run = await Run("explain");
        Assert.Equal(0, run.ExitCode);
        var rules = Directory.GetFiles(Repository.PathOf("docs", "rules"), "KF*.md").Select(f => Path.GetFileName(f)[..6]).Order(StringComparer.Ordinal);
        Assert.Equal(rules, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[..6]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_rule_that_there_is_not_is_told()
    {
        var run = await Run("explain", "KF9999");
        Assert.Equal((2, "", "kfunc-lsp: there is no rule 'KF9999'; `kfunc-lsp explain` lists them\n"), (run.ExitCode, run.Out, run.Error));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_is_explained_at_its_source_line(bool fromInput)
    {
        _scratch.Write("leak.bpf.c", "// one\n// two\n// three\n// four\n\treturn 1;\n");
        _scratch.Write("log.txt", Log);
        var run = fromInput
            ? await KfuncLspProcess.RunAsync(_scratch.Directory, ["explain-log"], Log)
            : await Run("explain-log", "log.txt");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("error[KF0101]: Unreleased reference id=2 alloc_insn=1", run.Out, StringComparison.Ordinal);
        Assert.Contains("leak.bpf.c:5", run.Out);
        Assert.Contains("return 1;", run.Out);
        Assert.Contains("^^^^^^^^^", run.Out);
        Assert.Contains("in program `leak`", run.Out);
        Assert.Contains("kernels with these words: ", run.Out);
        Assert.Contains("`kfunc-lsp explain KF0101` has an example", run.Out);
    }

    [Fact]
    public async Task A_source_elsewhere_is_named()
    {
        _scratch.Write("src/leak.bpf.c", "1\n2\n3\n4\n\treturn 1; // here\n");
        _scratch.Write("log.txt", Log);
        Assert.Contains("return 1; // here", (await Run("explain-log", "--source", "src", "log.txt")).Out);
        Assert.DoesNotContain("// here", (await Run("explain-log", "log.txt")).Out);
    }

    [Fact]
    public async Task A_log_without_a_rejection_and_one_that_is_not_there_are_told()
    {
        _scratch.Write("log.txt", "\n");
        var nothing = await Run("explain-log", "log.txt");
        Assert.Equal((0, "", "kfunc-lsp: there is no rejection in this log\n"), (nothing.ExitCode, nothing.Out, nothing.Error));
        var missing = await Run("explain-log", "missing.txt");
        Assert.Equal(2, missing.ExitCode);
        Assert.StartsWith("kfunc-lsp: missing.txt cannot be read: ", missing.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("make: *** [Makefile:3: a.o] Error 1\n")]
    [InlineData("12: not a kernel's line\na.c:3:1: error: expected ';'\n")]
    public async Task A_text_that_is_no_log_is_told(string text)
    {
        var run = await KfuncLspProcess.RunAsync(_scratch.Directory, ["explain-log"], text);
        Assert.Equal((0, "", "kfunc-lsp: there is no rejection in this log\n"), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task A_message_by_itself_is_explained()
    {
        var run = await KfuncLspProcess.RunAsync(_scratch.Directory, ["explain-log"], "Unreleased reference id=1 alloc_insn=3\n");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error[KF0101]: ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_not_about_kfuncs_says_so()
    {
        var run = await KfuncLspProcess.RunAsync(_scratch.Directory, ["explain-log"], "0: (95) exit\nR0 !read_ok\nprocessed 1 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0\n");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: R0 !read_ok", run.Out);
        Assert.Contains("it is not about a kfunc", run.Out);
    }

    private Task<Run> Run(params string[] arguments) => KfuncLspProcess.RunAsync(_scratch.Directory, arguments);
}
