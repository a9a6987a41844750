using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Analysis.Rules;

namespace KfuncLsp.Workspace.Checking;

/// <summary>Every rule that a person can name in a configuration or a suppression: the analyser's, and those about the check itself.</summary>
public static class NamedRules
{
    public static RuleInfo NotAnalysed { get; } = Note("KF0901", "not-analysed", "Code that was not analysed");
    public static RuleInfo Inconclusive { get; } = Note("KF0902", "inconclusive", "A program without a verdict");
    public static RuleInfo UnusedSuppression { get; } = Note("KF0903", "unused-suppression", "A suppression that suppresses nothing");
    public static RuleInfo UnreasonedSuppression { get; } = Note("KF0904", "unreasoned-suppression", "A suppression that gives no reason");

    /// <summary>By code.</summary>
    public static ImmutableArray<RuleInfo> All { get; } = [.. RuleCatalog.All, NotAnalysed, Inconclusive, UnusedSuppression, UnreasonedSuppression];

    /// <summary>A rule by its code or slug; null where there is none.</summary>
    public static RuleId? Find(string codeOrSlug) => InfoOf(codeOrSlug)?.Id;

    /// <inheritdoc cref="Find"/>
    public static RuleInfo? InfoOf(string codeOrSlug) =>
        All.FirstOrDefault(r => r.Id.Code.Equals(codeOrSlug, StringComparison.OrdinalIgnoreCase) || r.Id.Slug.Equals(codeOrSlug, StringComparison.OrdinalIgnoreCase));

    private static RuleInfo Note(string code, string slug, string title) => new(new(code, slug), title, Severity.Information, []);
}
