using KfuncLsp.Frontend.Interop;
using KfuncLsp.Mutation.Syntax;

namespace KfuncLsp.Mutation.Editing;

/// <summary>What can be done wrong with a check for NULL.</summary>
internal static class NullCheckEdits
{
    public static IEnumerable<EditKind> Kinds =>
    [
        new("drop a NULL check", DropCheck),
        new("invert a NULL check", InvertCheck),
        new("check late", CheckLate),
    ];

    /// <summary>A test of a pointer: its text, the pointer, and whether it holds for NULL.</summary>
    private readonly record struct Check(SyntaxNode Expression, SyntaxNode Pointer, bool HoldsForNull);

    private static IEnumerable<(SyntaxNode If, Check Check)> Checks(Subject s)
    {
        foreach (var node in s.Tree.Functions.SelectMany(f => f.Descendants()).Where(n => n.Kind == CXCursorKind.CXCursor_IfStmt && n.Children.Count > 1))
            foreach (var check in ChecksIn(node.Children[0], s.Tree.TextOf))
                if (check.Expression.IsPlain) yield return (node, check);
    }

    private static IEnumerable<Check> ChecksIn(SyntaxNode condition, Func<SyntaxNode, string> text)
    {
        var bare = condition.Bare();
        if (bare.Kind == CXCursorKind.CXCursor_BinaryOperator && bare.Children.Count == 2 && !bare.Children.All(c => c.Bare().IsPointer))
            return bare.Children.SelectMany(c => ChecksIn(c, text));
        if (bare.Kind == CXCursorKind.CXCursor_UnaryOperator && bare.IsPlain && text(bare).StartsWith('!') && bare.Children.FirstOrDefault()?.Bare() is { IsPointer: true } negated)
            return [new Check(bare, negated, true)];
        return bare.IsPointer && bare.Kind is CXCursorKind.CXCursor_DeclRefExpr or CXCursorKind.CXCursor_MemberRefExpr ? [new Check(bare, bare, false)] : [];
    }

    private static IEnumerable<Edit> DropCheck(Subject s)
    {
        foreach (var (node, check) in Checks(s))
            yield return new Edit($"{check.Pointer.Name} is not checked", new Replacement(check.Expression.Start, check.Expression.End, check.HoldsForNull ? "0" : "1"));
    }

    private static IEnumerable<Edit> InvertCheck(Subject s)
    {
        foreach (var (_, check) in Checks(s))
            yield return new Edit($"the check of {check.Pointer.Name} is inverted",
                new Replacement(check.Expression.Start, check.Expression.End, check.HoldsForNull ? $"({s.Tree.TextOf(check.Pointer)})" : $"!({s.Tree.TextOf(check.Pointer)})"));
    }

    private static IEnumerable<Edit> CheckLate(Subject s)
    {
        foreach (var (node, check) in Checks(s))
        {
            if (!Subject.IsStatement(node) || !check.HoldsForNull || s.EndOf(node) is not { } end) continue;
            if (Subject.Neighbour(node, 1) is { } next && next.Kind != CXCursorKind.CXCursor_DeclStmt && s.EndOf(next) is { } nextEnd)
                yield return new Edit($"{check.Pointer.Name} is checked after the next statement",
                    new Replacement(node.Start, end, ";"), new Replacement(nextEnd, nextEnd, " " + s.Tree.Text[node.Start..end]));
        }
    }
}
