using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Checking;

/// <summary>What the comments of a file and its headers hide, and what is wrong with these comments.</summary>
/// <remarks>The verdicts stay: a kernel reads no comments. Comments of headers count, but are not told to be unused: other files may need them.</remarks>
public sealed class Suppressions(string mainFile, Func<string, LineIndex?> textOf)
{
    private readonly Dictionary<string, ImmutableArray<SuppressionComment>> _byFile = new(StringComparer.Ordinal);
    private readonly HashSet<(SuppressionComment, RuleId)> _used = [];

    /// <summary>Takes out what is suppressed.</summary>
    public (ImmutableArray<MergedFinding> Kept, ImmutableArray<SuppressedFinding> Suppressed) Split(ImmutableArray<MergedFinding> findings)
    {
        var (kept, suppressed) = (ImmutableArray.CreateBuilder<MergedFinding>(), ImmutableArray.CreateBuilder<SuppressedFinding>());
        foreach (var finding in findings)
            if (Find(finding.Finding.Rule, finding.Where) is { } comment) suppressed.Add(new(finding, comment));
            else kept.Add(finding);
        return (kept.ToImmutable(), suppressed.ToImmutable());
    }

    /// <summary>The comment that hides a rule at a place; null where there is none.</summary>
    public SuppressionComment? Find(RuleId rule, FileSpan where)
    {
        var comments = CommentsOf(where.File);
        if (comments.IsEmpty || textOf(where.File) is not { } lines) return null;
        var line = lines.PositionAt(where.Start).Line;
        foreach (var comment in comments)
        {
            if (comment.Line != line || !comment.Rules.Contains(rule)) continue;
            _used.Add((comment, rule));
            return comment;
        }

        return null;
    }

    /// <summary>What is to be told of the main file's comments, after everything was asked for that they may hide.</summary>
    /// <remarks><paramref name="isWhole"/>: all that the file says was seen; else nothing is called unused.</remarks>
    public IEnumerable<MergedFinding> Notes(bool isWhole, ImmutableArray<KernelVersion> kernels)
    {
        foreach (var comment in CommentsOf(mainFile))
        {
            foreach (var name in comment.Unknown)
                yield return Note(NamedRules.UnusedSuppression, $"there is no rule `{name}`; this suppresses nothing", comment, kernels);
            foreach (var rule in comment.Rules)
                if (isWhole && !_used.Contains((comment, rule)))
                    yield return Note(NamedRules.UnusedSuppression, $"{rule.Code} {rule.Slug} is not found here; this suppression can go", comment, kernels);
            if (comment.Reason.Length == 0)
                yield return Note(NamedRules.UnreasonedSuppression, "say why this may be suppressed, behind the rule's name", comment, kernels);
        }
    }

    private ImmutableArray<SuppressionComment> CommentsOf(string file)
    {
        if (file.Length == 0) return [];
        if (!_byFile.TryGetValue(file, out var comments)) _byFile[file] = comments = textOf(file) is { } lines ? SuppressionComment.In(file, lines) : [];
        return comments;
    }

    private static MergedFinding Note(Analysis.Rules.RuleInfo rule, string message, SuppressionComment comment, ImmutableArray<KernelVersion> kernels) =>
        new(new(rule.Id, rule.Severity, message, new("", new(comment.Where.Start, comment.Where.Length))), comment.Where, kernels);
}

/// <summary>A finding that a comment hides.</summary>
public sealed record SuppressedFinding(MergedFinding Finding, SuppressionComment By);
