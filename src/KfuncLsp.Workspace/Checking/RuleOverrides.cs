using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Checking;

/// <summary>The project's wishes about rules: how loud, or silent. Verdicts stay what they are.</summary>
public static class RuleOverrides
{
    public static ImmutableArray<MergedFinding> Apply(ImmutableArray<MergedFinding> findings, ProjectConfiguration configuration)
    {
        if (configuration.Rules.IsEmpty) return findings;
        var kept = ImmutableArray.CreateBuilder<MergedFinding>(findings.Length);
        foreach (var merged in findings)
        {
            var rule = merged.Finding.Rule;
            var wish = configuration.Rules.GetValueOrDefault(rule.Code) ?? configuration.Rules.GetValueOrDefault(rule.Slug);
            if (wish == "off") continue;
            kept.Add(SeverityOf(wish) is { } severity ? merged with { Finding = merged.Finding with { Severity = severity } } : merged);
        }

        return kept.ToImmutable();
    }

    private static Severity? SeverityOf(string? wish) => wish switch
    {
        "error" => Severity.Error,
        "warning" => Severity.Warning,
        "information" => Severity.Information,
        "hint" => Severity.Hint,
        _ => null,
    };
}
