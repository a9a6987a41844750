using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Mutation.Editing;

/// <summary>A piece of text in place of another.</summary>
/// <remarks>Units: bytes of the original.</remarks>
internal readonly record struct Replacement(int Start, int End, string Text);

/// <summary>One change to a program, in words and as text.</summary>
internal sealed record Edit(string What, ImmutableArray<Replacement> Replacements)
{
    public Edit(string what, params ReadOnlySpan<Replacement> replacements) : this(what, ImmutableArray.Create(replacements))
    {
    }

    /// <summary>The changed text; null where two replacements overlap.</summary>
    public string? Apply(string text)
    {
        var result = new StringBuilder(text.Length + 64);
        var at = 0;
        foreach (var change in Replacements.OrderBy(r => r.Start).ThenBy(r => r.End))
        {
            if (change.Start < at) return null;
            result.Append(text, at, change.Start - at).Append(change.Text);
            at = change.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
