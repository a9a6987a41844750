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
            var finding = merged.Finding;
            if (SeverityOf(finding.Rule, finding.Severity, configuration) is not { } severity) continue;
            kept.Add(severity == finding.Severity ? merged : merged with { Finding = finding with { Severity = severity } });
        }

        return kept.ToImmutable();
    }

    /// <summary>How loud a rule is; null where it is to be silent.</summary>
    public static Severity? SeverityOf(RuleId rule, Severity otherwise, ProjectConfiguration configuration) => configuration.Rules.GetValueOrDefault(rule.Code) switch
    {
        null => otherwise,
        "error" => Severity.Error,
        "warning" => Severity.Warning,
        "information" => Severity.Information,
        "hint" => Severity.Hint,
        _ => null,
    };
}
