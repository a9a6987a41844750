using KfuncLsp.Frontend.Interop;

namespace KfuncLsp.Mutation.Syntax;

/// <summary>A part of a file as clang sees it, kept after the parser is gone.</summary>
/// <remarks>Units: <see cref="Start"/> and <see cref="End"/> are bytes of the file that was parsed; for what a macro made they say where the macro stands.</remarks>
internal sealed class SyntaxNode
{
    public required CXCursorKind Kind { get; init; }
    public required SyntaxNode? Parent { get; init; }

    /// <summary>The name that it declares or uses: of a call, the function's.</summary>
    public required string Name { get; init; }

    /// <summary>Its C type, as clang spells it.</summary>
    public required string Type { get; init; }

    public required int Start { get; init; }
    public required int End { get; init; }

    /// <summary>Whether all of it is written where it stands, none of it made by a macro.</summary>
    public required bool IsPlain { get; init; }

    /// <summary>Whether it is in the file that was parsed.</summary>
    public required bool IsInFile { get; init; }

    public List<SyntaxNode> Children { get; } = [];

    /// <summary>Itself and all below it, outer ones first.</summary>
    public IEnumerable<SyntaxNode> Descendants()
    {
        yield return this;
        foreach (var child in Children)
            foreach (var node in child.Descendants())
                yield return node;
    }

    /// <summary>All above it, the nearest first.</summary>
    public IEnumerable<SyntaxNode> Ancestors()
    {
        for (var node = Parent; node is not null; node = node.Parent) yield return node;
    }

    /// <summary>Without parentheses, casts and implicit conversions.</summary>
    public SyntaxNode Bare()
    {
        var node = this;
        while (node.Kind is CXCursorKind.CXCursor_ParenExpr or CXCursorKind.CXCursor_UnexposedExpr or CXCursorKind.CXCursor_CStyleCastExpr
            && node.Children.LastOrDefault() is { } inner)
            node = inner;
        return node;
    }

    /// <summary>A call's arguments.</summary>
    public IEnumerable<SyntaxNode> Arguments => Kind == CXCursorKind.CXCursor_CallExpr ? Children.Skip(1) : [];

    public bool IsPointer => Type.EndsWith('*');
}
