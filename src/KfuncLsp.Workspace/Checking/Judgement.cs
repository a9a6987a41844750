using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Checking;

/// <summary>From the kernels' reports to what is shown: merged, without what comments suppress, as loud as the project wants it.</summary>
internal static class Judgement
{
    /// <summary>Shape: <paramref name="textOf"/> gives the text that was parsed of a file; null for one that cannot be read.</summary>
    public static CheckedFile Of(CheckedFile bare, ProjectConfiguration configuration, Func<string, LineIndex?> textOf)
    {
        var suppressions = new Suppressions(bare.Unit.MainFile, textOf);
        var (kept, suppressed) = suppressions.Split(FindingMerger.Merge(bare.Unit, bare.Reports));
        var hidden = HiddenNotes(bare, suppressions);
        var notes = bare.Reports.IsEmpty ? [] : suppressions.Notes(IsWhole(bare), [.. bare.Reports.Select(r => r.Kernel)]);
        return bare with
        {
            Findings = RuleOverrides.Apply(FindingMerger.InSourceOrder([.. kept, .. notes], bare.Unit.MainFile), configuration),
            Suppressed = suppressed,
            HiddenNotes = hidden,
        };
    }

    /// <summary>Places where it is suppressed to say that something was not analysed, or that there is no verdict.</summary>
    private static ImmutableHashSet<(RuleId, FileSpan)> HiddenNotes(CheckedFile bare, Suppressions suppressions)
    {
        var hidden = ImmutableHashSet.CreateBuilder<(RuleId, FileSpan)>();
        foreach (var issue in bare.Unit.Issues)
            if (issue.Kind == UnitIssueKind.NotAnalysed) Ask(NamedRules.NotAnalysed.Id, issue.Where);
        var places = new PlaceResolver(bare.Unit);
        foreach (var report in bare.Reports)
            foreach (var program in report.Programs)
                foreach (var issue in program.Issues) Ask(NamedRules.Inconclusive.Id, places.Resolve(issue.Where));
        return hidden.ToImmutable();

        void Ask(RuleId rule, FileSpan where)
        {
            if (suppressions.Find(rule, where) is not null) hidden.Add((rule, where));
        }
    }

    /// <summary>Whether everything that the file could say was heard.</summary>
    private static bool IsWhole(CheckedFile file) =>
        !file.Unit.Issues.Any(i => i.Kind is UnitIssueKind.CompileError or UnitIssueKind.NotParsed or UnitIssueKind.Unreadable or UnitIssueKind.NotAnalysed)
        && file.Reports.All(r => r.Programs.All(p => p.Verdict != Verdict.Inconclusive));
}
