using System.Collections.Immutable;
using KfuncLsp.Analysis;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Judges a kernel that has no model of its own by two that have: what holds in both stands.</summary>
internal static class NeighbourReports
{
    public static UnitReport Both(UnitReport older, UnitReport newer)
    {
        var byName = newer.Programs.ToLookup(p => (p.Name, p.Section));
        return older with
        {
            Programs = [.. older.Programs.Select(p => byName[(p.Name, p.Section)].FirstOrDefault() is { } other ? Both(p, other) : p)],
            UnitFindings = Common(older.UnitFindings, newer.UnitFindings),
        };
    }

    private static ProgramReport Both(ProgramReport older, ProgramReport newer)
    {
        var findings = Common(older.Findings, newer.Findings);
        if (older.Verdict == newer.Verdict)
        {
            if (older.Verdict != Verdict.Rejected || findings.Any(f => f.Severity == Severity.Error))
                return older with { Findings = findings, Issues = [.. older.Issues.Union(newer.Issues)] };
        }

        var issue = new AnalysisIssue("the kernels on both sides of this one disagree about the program", new(older.Name, new(0, 0)));
        return older with { Verdict = Verdict.Inconclusive, Findings = findings, Issues = [.. older.Issues.Union(newer.Issues), issue] };
    }

    private static ImmutableArray<Finding> Common(ImmutableArray<Finding> older, ImmutableArray<Finding> newer)
    {
        var held = newer.Select(f => (f.Rule, f.Severity, f.Where)).ToHashSet();
        return [.. older.Where(f => held.Contains((f.Rule, f.Severity, f.Where)))];
    }
}
