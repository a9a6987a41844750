using System.Collections.Immutable;

namespace KfuncLsp.Extraction.CSource;

/// <summary>A <c>#define</c>.</summary>
/// <remarks><see cref="Parameters"/> is null for an object-like macro; a variadic one ends in <c>...</c>.</remarks>
public sealed record CMacro(string Name, ImmutableArray<string>? Parameters, ImmutableArray<CToken> Body, int Line, int Guard);

/// <summary>A preprocessor condition, inside another.</summary>
public readonly record struct CGuard(int Parent, string Condition);

/// <summary>An <c>#include "path"</c>.</summary>
public readonly record struct CInclude(string Path, int Guard);

/// <summary>A comment, whole.</summary>
/// <remarks>Units: lines are 1-based and inclusive.</remarks>
public readonly record struct CComment(int FirstLine, int LastLine, string Text);

/// <summary>A source file in tokens: both branches of every condition, each token with its guard.</summary>
public sealed class CFile(string path, ImmutableArray<CToken> tokens, ImmutableArray<CGuard> guards, ImmutableArray<CMacro> macros, ImmutableArray<CComment> comments)
{
    private ImmutableArray<CItem>? _items;

    /// <summary>Relative to the tree, with forward slashes.</summary>
    public string Path { get; } = path;

    public ImmutableArray<CToken> Tokens { get; } = tokens;
    public ImmutableArray<CGuard> Guards { get; } = guards;
    public ImmutableArray<CMacro> Macros { get; } = macros;
    public ImmutableArray<CComment> Comments { get; } = comments;

    /// <summary>The files that it includes by <c>"name"</c>.</summary>
    public ImmutableArray<CInclude> Includes { get; init; } = [];

    /// <summary>Its declarations, definitions and macro calls at file level.</summary>
    public ImmutableArray<CItem> Items => _items ??= CItems.Split(Tokens);

    /// <summary>The conditions on <c>CONFIG_</c> options that a token stands under, outermost first.</summary>
    public ImmutableArray<string> ConfigGuards(int guard)
    {
        var found = new List<string>();
        for (var at = guard; at != 0; at = Guards[at].Parent)
            if (Guards[at].Condition.Contains("CONFIG_", StringComparison.Ordinal)) found.Add(Guards[at].Condition);
        found.Reverse();
        return [.. found.Distinct()];
    }

    /// <summary>The comment that ends right before a line, where there is one.</summary>
    public CComment? CommentBefore(int line)
    {
        foreach (var comment in Comments)
            if (comment.LastLine == line - 1) return comment;
        return null;
    }
}
