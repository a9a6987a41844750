using KfuncLsp.Analysis;
using KfuncLsp.Registry;
using Xunit;

namespace KfuncLsp.Tests.Analysis;

/// <summary>What holds of every analysis: it is a function of its inputs, it ends, and it can be stopped.</summary>
public sealed class AnalyzerTests
{
    private const string Leak = """
        #include "kernel.h"
        SEC("tp_btf/task_newtask")
        int leak(u64 *ctx)
        {
            struct task_struct *p = bpf_task_from_pid(42);

            return p ? p->prio : 0;
        }
        """;

    /// <summary>Each round may go two ways and every way is remembered: far more paths than the budget allows.</summary>
    private const string ManyPaths = """
        #include "kernel.h"
        SEC("tc")
        int many(struct __sk_buff *skb)
        {
            u64 seen = 0;

            for (int i = 0; i < 60; i++)
                seen = seen * 2 + (bpf_get_prandom_u32() & 1);
            return seen == 12345;
        }
        """;

    private static readonly KernelModel s_model = KernelModels.For(new KernelVersion(6, 12))!;

    [Fact]
    public void SameInputsGiveTheSameReport()
    {
        var unit = new RuleSource(Leak).Lower();
        var first = Analyzer.Analyze(unit, s_model, AnalysisOptions.Default, CancellationToken.None);
        var second = Analyzer.Analyze(unit, s_model, AnalysisOptions.Default, CancellationToken.None);
        var (a, b) = (Assert.Single(Assert.Single(first.Programs).Findings), Assert.Single(Assert.Single(second.Programs).Findings));
        Assert.Equal((a.Rule, a.Message, a.KernelMessage, a.Where), (b.Rule, b.Message, b.KernelMessage, b.Where));
        Assert.Equal(a.Trace.AsEnumerable(), b.Trace.AsEnumerable());
        Assert.Equal(first.Programs[0].Steps, second.Programs[0].Steps);
    }

    /// <summary>Each program by itself, in any order, on any number of threads.</summary>
    [Theory]
    [InlineData("loops_and_constants.bpf.c")]
    [InlineData("functions.bpf.c")]
    [InlineData("references.bpf.c")]
    public void ProgramsAreJudgedAlikeAloneTogetherAndAtOnce(string fixture)
    {
        var unit = new RuleSource(File.ReadAllText(Cli.Repository.PathOf("tests", "fixtures", "rules", fixture))).Lower();
        var together = Analyzer.Analyze(unit, s_model, AnalysisOptions.Default, CancellationToken.None).Programs.Select(Print).ToArray();
        var programs = Analyzer.ProgramsOf(unit).ToArray();
        Assert.Equal(together, programs.Reverse().Select(Judge).Reverse());
        var atOnce = new string[programs.Length];
        Parallel.For(0, programs.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => atOnce[i] = Judge(programs[i]));
        Assert.Equal(together, atOnce);

        string Judge(KfuncLsp.Ir.FunctionIr program) => Print(Analyzer.AnalyzeProgram(unit, program, s_model, AnalysisOptions.Default, CancellationToken.None));

        static string Print(ProgramReport report) =>
            $"{report.Name} {report.Verdict} {report.Steps}\n" + string.Join("\n", report.Findings.Select(f => $"{f.Where} {f.Message} {f.KernelMessage} {string.Join(" < ", f.Trace)}"));
    }

    [Fact]
    public void FindingTellsWhatAFixNeeds()
    {
        var finding = Assert.Single(new RuleSource(Leak).Analyze(new RuleSource(Leak).Lower(), "6.12").Programs[0].Findings);
        Assert.Equal("p", finding.Facts["variable"]);
        Assert.Equal("bpf_task_from_pid", finding.Facts["kfunc"]);
        Assert.Equal("bpf_task_release", finding.Facts["release"]);
        Assert.Equal("`p` is not NULL", finding.Trace.First(s => s.Message.Contains("NULL", StringComparison.Ordinal)).Message);
        Assert.StartsWith("Unreleased reference", finding.KernelMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyBudgetIsInconclusiveAndSaysWhy()
    {
        var options = AnalysisOptions.Default with { StepBudget = 50 };
        var program = Analyzer.Analyze(new RuleSource(ManyPaths).Lower(), s_model, options, CancellationToken.None).Programs[0];
        Assert.Equal(Verdict.Inconclusive, program.Verdict);
        Assert.Contains(program.Issues, i => i.Reason.Contains("50 steps", StringComparison.Ordinal));
        Assert.InRange(program.Steps, 50, 200);
    }

    [Fact]
    public void ManyPathsEnd()
    {
        var program = Analyzer.Analyze(new RuleSource(ManyPaths).Lower(), s_model, AnalysisOptions.Default, CancellationToken.None).Programs[0];
        Assert.InRange(program.Steps, 1, AnalysisOptions.Default.StepBudget + 1000);
    }

    [Fact]
    public void CancellationStopsIt()
    {
        var unit = new RuleSource(ManyPaths).Lower();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Analyzer.Analyze(unit, s_model, AnalysisOptions.Default, cancelled.Token));
    }
}
