using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Fuzz.Edits;

/// <summary>A check as text.</summary>
internal static class CheckText
{
    /// <summary>All that a check says, but for what it owes to earlier versions on purpose. Shape: two checks that say the same have the same lines.</summary>
    public static IEnumerable<string> Lines(DocumentCheck check) =>
    [
        .. check.File.Findings.Select(f => $"{f.Where} {f.Finding.Rule.Code} {f.Finding.Message} {string.Join(", ", f.Programs)}"), "",
        .. check.File.Reports.SelectMany(r => r.Programs, (r, p) => $"{r.Kernel} {p.Name} {p.Verdict} {p.Steps} {string.Join("; ", p.Issues)}"), "",
        .. check.Unit.Issues.Select(i => $"{i.Kind} {i.Message}"), "",
        .. check.Faults, "",
    ];
}
