using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Workspace.Checking;

namespace KfuncLsp.Workspace.Features.Fixes;

/// <summary>A change of a text. Units: bytes; <see cref="Text"/> stands for what lies between <see cref="Start"/> and <see cref="End"/>.</summary>
public readonly record struct FixEdit(int Start, int End, string Text);

/// <summary>A way to mend a finding.</summary>
/// <remarks><see cref="IsSafe"/>: it may be applied to a whole file unseen. Its edits are in order and do not overlap.</remarks>
public sealed record CodeFix(string Id, string Title, MergedFinding Finding, ImmutableArray<FixEdit> Edits)
{
    public bool IsPreferred { get; init; }

    public bool IsSafe { get; init; }

    /// <summary>A text with edits made; an edit that overlaps one before it, or is the same, is left out.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> text, IEnumerable<FixEdit> edits)
    {
        var result = new List<byte>(text.Length + 64);
        var at = 0;
        foreach (var edit in InOrder(edits))
        {
            result.AddRange(text[at..edit.Start]);
            result.AddRange(Encoding.UTF8.GetBytes(edit.Text));
            at = edit.End;
        }

        result.AddRange(text[at..]);
        return [.. result];
    }

    /// <summary>Edits by place, without those that overlap one before them or say the same.</summary>
    public static ImmutableArray<FixEdit> InOrder(IEnumerable<FixEdit> edits)
    {
        var kept = ImmutableArray.CreateBuilder<FixEdit>();
        foreach (var edit in edits.Distinct().OrderBy(e => e.Start).ThenBy(e => e.End))
            if (kept.Count == 0 || edit.Start >= kept[^1].End) kept.Add(edit);
        return kept.ToImmutable();
    }
}
