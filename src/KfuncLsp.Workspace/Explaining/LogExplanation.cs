using System.Collections.Immutable;
using KfuncLsp.Analysis.Rules;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;

namespace KfuncLsp.Workspace.Explaining;

/// <summary>A rejection of a log with what we know of its message.</summary>
/// <remarks><see cref="Kernels"/> are those whose verifier has these words; none where no model knows the message. <see cref="Rules"/> may be empty: not all that a verifier rejects is about kfuncs.</remarks>
public sealed record LogExplanation(LogRejection Rejection, LogMessage Message, ImmutableArray<string> Conditions, ImmutableArray<KernelVersion> Kernels, ImmutableArray<RuleInfo> Rules)
{
    /// <summary>Where in the source: what the report says, else the line that the log quoted last.</summary>
    public LogPlace? Place => Rejection.ReportedAt ?? Message.At;

    /// <summary>Whether this is a rejection at all: any text has a last line.</summary>
    public bool IsCertain => Rejection.IsOfVerifier || Conditions.Length > 0;

    /// <summary>Looks a rejection up in the messages of several kernels.</summary>
    /// <remarks>The last line of the log that some kernel has as the message of a rule decides; else the last that it has at all; else the last.</remarks>
    public static LogExplanation Of(LogRejection rejection, IReadOnlyList<(KernelVersion Version, MessageMatcher Matcher)> kernels)
    {
        LogExplanation? known = null;
        foreach (var message in rejection.Candidates)
        {
            var explained = Of(rejection, message, kernels);
            if (explained.Rules.Length > 0) return explained;
            if (explained.Conditions.Length > 0) known ??= explained;
        }

        return known ?? Of(rejection, rejection.Candidates is [var last, ..] ? last : new(rejection.Report ?? "", null), kernels);
    }

    private static LogExplanation Of(LogRejection rejection, LogMessage message, IReadOnlyList<(KernelVersion Version, MessageMatcher Matcher)> kernels)
    {
        var found = kernels.Select(k => (k.Version, Best: k.Matcher.Best(message.Text))).Where(k => k.Best.Literal > 0).ToList();
        if (found.Count == 0) return new(rejection, message, [], [], []);
        var literal = found.Max(k => k.Best.Literal);
        var best = found.Where(k => k.Best.Literal == literal).ToList();
        ImmutableArray<string> conditions = [.. best.SelectMany(k => k.Best.Conditions).Distinct().Order(StringComparer.Ordinal)];
        var rules = NamedRules.All.Where(r => r.Conditions.Any(c => conditions.Contains(c))).OrderBy(r => IsOfNull(r) != message.Text.Contains("or_null", StringComparison.Ordinal));
        return new(rejection, message, conditions, [.. found.Where(k => k.Best.Conditions.Any(c => conditions.Contains(c))).Select(k => k.Version)], [.. rules]);
    }

    /// <summary>The verifier has one message for pointers that may be NULL and for what is no pointer any more; the type in it tells which.</summary>
    private static bool IsOfNull(RuleInfo rule) => rule.Id.Code.StartsWith("KF02", StringComparison.Ordinal);
}
