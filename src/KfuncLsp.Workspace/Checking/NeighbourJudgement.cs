using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Checking;

/// <summary>Judges a kernel without a model of its own by the models before and after it.</summary>
public static class NeighbourJudgement
{
    /// <summary>Makes one report for the version between two models.</summary>
    /// <remarks>A finding stands only if it holds in both. A verdict on which the neighbours differ is inconclusive, and says why.</remarks>
    public static UnitReport Combine(KernelVersion version, UnitReport older, UnitReport newer)
    {
        var programs = ImmutableArray.CreateBuilder<ProgramReport>();
        foreach (var a in older.Programs)
        {
            var b = newer.Programs.FirstOrDefault(p => p.Name == a.Name && p.Section == a.Section);
            if (b is not null) programs.Add(Judge(a, b, (version, older.Kernel, newer.Kernel)));
        }

        return new(version, programs.ToImmutable());
    }

    private static ProgramReport Judge(ProgramReport a, ProgramReport b, (KernelVersion Asked, KernelVersion Older, KernelVersion Newer) kernels)
    {
        var both = a with
        {
            Findings = InBoth(a.Findings, b.Findings),
            Issues = [.. a.Issues.Union(b.Issues)],
            Steps = a.Steps + b.Steps,
        };
        var (asked, older, newer) = kernels;
        if (a.Verdict != b.Verdict)
            return Open(both, $"kernel {asked} has no model of its own, and its neighbours differ: {older} {Word(a.Verdict)}, {newer} {Word(b.Verdict)}");
        if (a.Verdict == Verdict.Rejected && !both.Findings.Any(f => f.Severity == Severity.Error))
            return Open(both, $"kernel {asked} has no model of its own; {older} and {newer} both reject the program, for different reasons");
        return both;
    }

    private static ProgramReport Open(ProgramReport report, string why) =>
        report with { Verdict = Verdict.Inconclusive, Issues = report.Issues.Add(new(why, new(report.Name, default))) };

    private static ImmutableArray<Finding> InBoth(ImmutableArray<Finding> older, ImmutableArray<Finding> newer) =>
        [.. older.Where(a => newer.Any(b => (a.Rule == b.Rule && a.Where == b.Where && a.Program == b.Program) || a.IsSameMistakeAs(b)))];

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => "accepts",
        Verdict.Rejected => "rejects",
        _ => "leaves it open",
    };
}
