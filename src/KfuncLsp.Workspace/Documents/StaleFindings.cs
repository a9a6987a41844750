using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Keeps what was found in programs that a C error hides for the moment: while someone types, the rest of the file stays as it was.</summary>
internal static class StaleFindings
{
    /// <summary>The findings of the last whole text whose programs have no verdict now and whose places the edit does not touch, carried to the text as it is.</summary>
    public static ImmutableArray<MergedFinding> Of(DocumentCheck whole, DocumentCheck now)
    {
        if (now.IsWhole) return [];
        var judged = now.File.Reports.SelectMany(r => r.Programs).Where(p => p.Verdict != Verdict.Inconclusive).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var shift = new TextShift(now.Document.Text.Span, whole.Document.Text.Span);
        var kept = ImmutableArray.CreateBuilder<MergedFinding>();
        foreach (var finding in whole.File.Findings)
        {
            if (finding.Programs.IsEmpty || finding.Programs.Any(judged.Contains) || Carry(finding.Where) is not { } where) continue;
            kept.Add(finding with { Where = where, Steps = [.. finding.Steps.Select(s => Carry(s.Where) is { } place ? s with { Where = place } : null).OfType<MergedStep>()] });
        }

        return kept.ToImmutable();

        FileSpan? Carry(FileSpan span) =>
            span.File != now.Document.Path ? span
            : shift.Carry(span.Start, span.Length) is { } start ? span with { Start = start }
            : null;
    }
}
