using System.Collections.Immutable;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features.Fixes;

namespace KfuncLsp.Workspace.Features;

/// <summary>The ways to mend what a check found.</summary>
/// <remarks>Shape: findings in the checked file itself, in source order; nothing inside a macro's body or a directive is touched.</remarks>
public static class CodeFixFeature
{
    /// <summary>The fixes of the findings that touch a stretch of the text that was checked. Units: bytes.</summary>
    public static ImmutableArray<CodeFix> In(DocumentCheck check, int start, int end) =>
        Of(check, check.File.Findings.Where(f => f.Where.Start <= end && start <= f.Where.Start + f.Where.Length));

    /// <summary>The fixes that may be applied to the whole file unseen, their edits joined; empty where there are none.</summary>
    public static ImmutableArray<CodeFix> Safe(DocumentCheck check)
    {
        var fixes = Of(check, check.File.Findings).Where(f => f.IsSafe);
        return [.. fixes.DistinctBy(f => (f.Id, f.Title, f.Edits[0]))];
    }

    private static ImmutableArray<CodeFix> Of(DocumentCheck check, IEnumerable<MergedFinding> findings)
    {
        byte[]? code = null;
        var fixes = ImmutableArray.CreateBuilder<CodeFix>();
        foreach (var finding in findings)
        {
            if (finding.Where.File != check.Document.Path || check.Model is null || finding.Where.Start + finding.Where.Length > check.Document.Text.Length) continue;
            var at = new FixContext(check, code ??= StatementTree.Blank(check.Document.Text.Span), finding);
            if (CLexer.PlaceAt(check.Document.Text.Span, finding.Where.Start) == CPlace.Directive) continue;
            fixes.AddRange(Of(at).Concat(SuppressionFixes.Suppress(at)).Select(f => f with { Edits = CodeFix.InOrder(f.Edits) }));
        }

        return fixes.ToImmutable();
    }

    private static IEnumerable<CodeFix> Of(FixContext at) => at.Finding.Finding.Rule.Code switch
    {
        "KF0101" or "KF0305" or "KF0405" => ExitFixes.Of(at),
        "KF0201" or "KF0202" => NullCheckFixes.Of(at),
        "KF0306" => RegionFixes.RcuSection(at),
        "KF0401" => RegionFixes.Sleepable(at),
        "KF0702" => DeclarationFixes.Replace(at).Concat(DeclarationFixes.Guard(at)),
        "KF0703" => DeclarationFixes.Declare(at),
        "KF0705" => DeclarationFixes.Licence(at),
        "KF0103" or "KF0801" => DeclarationFixes.RightRelease(at),
        "KF0903" => SuppressionFixes.Remove(at),
        var code when at.Fact("kfunc").Length > 0 && code == "KF0701" => DeclarationFixes.Replace(at),
        _ => [],
    };
}
