using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Workspace.Features;

/// <summary>A finished check as an editor shows it.</summary>
public static class DiagnosticsFeature
{
    /// <summary>Units: notes on what was not looked at, per file; more would be noise.</summary>
    private const int MaxNotes = 20;

    private static readonly RuleId s_notAnalysed = NamedRules.NotAnalysed.Id;
    private static readonly RuleId s_inconclusive = NamedRules.Inconclusive.Id;

    /// <summary>Findings first, in source order, then what was not looked at and why.</summary>
    /// <remarks>Shape: every place is in the file itself or in a header that it includes.</remarks>
    public static ImmutableArray<FileDiagnostic> Of(DocumentCheck check)
    {
        if (check.NotChecked is not null) return [];
        var found = check.File.Findings.Select(f => Of(f, check));
        var stale = check.Stale.Select(f => Of(f, check)).Select(d => d with { Message = $"{d.Message}\n(as judged before the C error)" });
        return [.. found, .. stale, .. Unseen(check)];
    }

    /// <summary>What concerns the set-up rather than a place in the file, one line each: what a person must act on, and what is only good to know.</summary>
    public static (ImmutableArray<string> ToShow, ImmutableArray<string> ToLog) Notices(DocumentCheck check)
    {
        var issues = check.File.Command.Issues;
        return (
            [
                .. check.Setup.Targets.Errors,
                .. check.Setup.Configuration.Problems.Select(p => p.ToString()),
                .. issues.Where(i => i.Kind == UnitIssueKind.Vmlinux).Select(i => i.Message),
                .. check.Unit.Issues.Where(i => i.Kind == UnitIssueKind.NotParsed).Select(i => i.Message),
            ],
            [.. check.Setup.Targets.Notices, .. issues.Where(i => i.Kind == UnitIssueKind.Flags).Select(i => i.Message)]);
    }

    private static FileDiagnostic Of(MergedFinding merged, DocumentCheck check)
    {
        var finding = merged.Finding;
        return new(merged.Where, finding.Severity, finding.Rule, MessageOf(merged, check.Setup))
        {
            Notes = [.. merged.Steps.Select(s => new DiagnosticNote(s.Where, s.Message))],
            IsDeprecation = finding.Rule.Slug.StartsWith("deprecated", StringComparison.Ordinal),
            IsUnnecessary = finding.Rule.Slug.StartsWith("unnecessary", StringComparison.Ordinal) || finding.Rule.Slug.StartsWith("unused", StringComparison.Ordinal),
        };
    }

    /// <summary>Our words, then the kernel's with the kernels that say so.</summary>
    private static string MessageOf(MergedFinding merged, ProjectSetup setup)
    {
        var lines = new List<string> { merged.Finding.Message };
        lines.AddRange(merged.Words.Select(w => $"verifier ({string.Join(", ", w.Kernels)}): {w.Message}"));
        if (merged.Versions(setup.Targets.Kernels.Select(k => k.Version), k => k.ToString()) is { } versions) lines.Add(versions);
        else if (merged.Words.Length == 0 && merged.Programs.Length > 0) lines.Add($"holds on {string.Join(", ", merged.Kernels)}");
        if (merged.Programs.Length > 1) lines.Add($"in the programs {string.Join(", ", merged.Programs)}");
        return string.Join('\n', lines);
    }

    private static IEnumerable<FileDiagnostic> Unseen(DocumentCheck check)
    {
        var notes = UnitNotes(check).Concat(ProgramNotes(check)).DistinctBy(n => (n.Where, n.Message))
            .Where(n => !check.File.HiddenNotes.Contains((n.Rule, n.Where)))
            .Select(n => RuleOverrides.SeverityOf(n.Rule, n.Severity, check.Setup.Configuration) is { } severity ? n with { Severity = severity } : null)
            .OfType<FileDiagnostic>().ToList();
        foreach (var note in notes.Take(MaxNotes)) yield return note;
        if (notes.Count > MaxNotes)
            yield return Note(s_notAnalysed, new(check.Document.Path, 0, 0), $"{notes.Count - MaxNotes} more things were not looked at; `kfunc-lsp check` lists them");
    }

    private static IEnumerable<FileDiagnostic> UnitNotes(DocumentCheck check)
    {
        foreach (var issue in check.File.Issues.DistinctBy(i => (i.Kind, i.Where, i.Message)))
        {
            switch (issue.Kind)
            {
                // C errors are the C language server's to show, and flags are told once, as a message.
                case UnitIssueKind.CompileError or UnitIssueKind.Flags or UnitIssueKind.Vmlinux:
                    break;
                case UnitIssueKind.NotAnalysed:
                    yield return Note(s_notAnalysed, issue.Where, issue.Function is { } f ? $"`{f}` was not analysed: {issue.Message}" : $"Not analysed: {issue.Message}");
                    break;
                default:
                    yield return Note(s_notAnalysed, issue.Where, issue.Message);
                    break;
            }
        }
    }

    private static IEnumerable<FileDiagnostic> ProgramNotes(DocumentCheck check)
    {
        // A function that was not analysed has said so by itself.
        var told = check.File.Issues.Where(i => i.Kind == UnitIssueKind.NotAnalysed).Select(i => i.Function).ToHashSet();
        var places = new PlaceResolver(check.Unit);
        var open = new List<(string Program, AnalysisIssue Issue, KernelVersion Kernel)>();
        foreach (var report in check.File.Reports)
            foreach (var program in report.Programs)
                if (program.Verdict == Verdict.Inconclusive)
                    foreach (var issue in program.Issues)
                        if (!told.Contains(issue.Where.Function) || check.Unit.FindFunction(issue.Where.Function) is not { NotLowered: not null }) open.Add((program.Name, issue, report.Kernel));

        foreach (var group in open.GroupBy(o => (o.Issue.Where, o.Issue.Reason)))
        {
            var programs = string.Join(", ", group.Select(g => g.Program).Distinct());
            var kernels = string.Join(", ", group.Select(g => g.Kernel).Distinct());
            yield return Note(s_inconclusive, places.Resolve(group.Key.Where), $"No verdict on `{programs}` for {kernels}: {group.Key.Reason}");
        }
    }

    private static FileDiagnostic Note(RuleId rule, FileSpan where, string message) => new(where, Severity.Information, rule, message);
}
