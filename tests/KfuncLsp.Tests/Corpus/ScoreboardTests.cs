using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Scoreboard;
using Xunit;

namespace KfuncLsp.Tests.Corpus;

/// <summary>The analyser against what real kernels said.</summary>
public sealed class ScoreboardTests
{
    private static readonly string Repository = CorpusFolder.RepositoryOf(AppContext.BaseDirectory);
    private static readonly ImmutableArray<string> Kernels = ["6.12", "7.3"];

    /// <summary>6.18 was asked of no example.</summary>
    private static readonly ImmutableArray<string> AllKernels = ["6.12", "6.18", "7.3"];

    [Fact]
    public async Task No_program_that_a_kernel_accepts_is_rejected_and_no_count_gets_worse()
    {
        var outcomes = await Judge(CorpusFolder.Labels(Repository), CorpusFolder.Programs(Repository), AllKernels);
        Assert.Empty(outcomes.Where(o => o.IsFalseError).Select(Describe));
        Assert.Empty(outcomes.Where(o => o.Predicted is null).Select(Describe));

        var now = Baseline.Of(Score.Of(outcomes));
        Assert.Empty(Baseline.Read(CorpusFolder.Baseline(Repository)).WorseIn(now));
    }

    [Fact]
    public async Task Every_example_gets_the_verdict_that_kernels_give_it()
    {
        var outcomes = await Judge(CorpusFolder.ExampleLabels(Repository), CorpusFolder.Examples(Repository), Kernels);
        Assert.Equal(50, outcomes.Length);
        Assert.Empty(outcomes.Where(o => o.Predicted != (o.Label.IsRejected ? Verdict.Rejected : Verdict.Accepted)).Select(Describe));
    }

    [Fact]
    public void The_parity_page_is_up_to_date()
    {
        var page = ParityPage.Write(Baseline.Read(CorpusFolder.Baseline(Repository)));
        Assert.Equal(page, File.ReadAllText(CorpusFolder.Parity(Repository)));
    }

    [Fact]
    public void Every_corpus_program_has_a_label_for_each_kernel_and_its_name_says_what_they_say()
    {
        var labels = Label.ReadAll(CorpusFolder.Labels(Repository));
        foreach (var path in Directory.EnumerateFiles(CorpusFolder.Programs(Repository), "*.bpf.c"))
        {
            var file = Path.GetFileName(path);
            foreach (var kernel in Kernels) Assert.Contains(labels, l => l.File == file && l.Kernel == kernel);
            var verdicts = labels.Where(l => l.File == file && l.Kernel == "7.3").Select(l => l.Verdict).Distinct().ToList();
            if (file.EndsWith("_ok.bpf.c", StringComparison.Ordinal)) Assert.Equal(["ok"], verdicts);
            if (file.EndsWith("_bad.bpf.c", StringComparison.Ordinal)) Assert.Contains("reject", verdicts);
        }

        Assert.All(labels, l => Assert.True(File.Exists(Path.Combine(CorpusFolder.Programs(Repository), l.File)), l.File));
    }

    [Fact]
    public void Each_message_counts_alike_however_often_it_comes()
    {
        Outcome Of(string message, Verdict predicted) => new(new("a.c", "p", "reject", message), "7.3", predicted) { Classes = [message] };
        ImmutableArray<Outcome> outcomes = [Of("leak", Verdict.Rejected), Of("leak", Verdict.Accepted), Of("null", Verdict.Rejected), Of("leak", Verdict.Rejected), Of("leak", Verdict.Accepted)];
        Assert.Equal(0.75, Assert.Single(Score.Of(outcomes)).FoundByMessage);
    }

    private static async Task<ImmutableArray<Outcome>> Judge(string labels, string tree, ImmutableArray<string> kernels)
    {
        await using var units = new InProcessUnitSource();
        return await new Judge(units, []).RunAsync(Label.ReadAll(labels), tree, kernels, _ => { }, TestContext.Current.CancellationToken);
    }

    private static string Describe(Outcome outcome) =>
        $"{outcome.Kernel} {outcome.Label.File} {outcome.Label.Program}: {outcome.Predicted} {outcome.Why} "
        + string.Join("; ", outcome.Errors.Select(e => $"{e.Rule} line {e.Line}: {e.Message}"));
}
