using System.Collections.Immutable;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A rule as users meet it.</summary>
/// <remarks><see cref="Conditions"/> are names of <see cref="Registry.MessageCatalog"/>: what the kernel says when the rule is broken.</remarks>
public sealed record RuleInfo(RuleId Id, string Title, Severity Severity, ImmutableArray<string> Conditions)
{
    internal static RuleInfo Error(string code, string slug, string title, params ImmutableArray<string> conditions) =>
        new(new(code, slug), title, Severity.Error, conditions);

    internal static RuleInfo Warning(string code, string slug, string title, params ImmutableArray<string> conditions) =>
        new(new(code, slug), title, Severity.Warning, conditions);
}
