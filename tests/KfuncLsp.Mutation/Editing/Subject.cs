using KfuncLsp.Frontend.Interop;
using KfuncLsp.Mutation.Syntax;
using KfuncLsp.Registry;

namespace KfuncLsp.Mutation.Editing;

/// <summary>A program to be edited: its syntax, the kernel that will judge it, and chance.</summary>
internal sealed class Subject(SyntaxTree tree, KernelModel model, Random random)
{
    private List<SyntaxNode>? _calls, _statements;

    public SyntaxTree Tree { get; } = tree;
    public KernelModel Model { get; } = model;
    public Random Random { get; } = random;

    /// <summary>Every call in a body, in the order of the text.</summary>
    public IReadOnlyList<SyntaxNode> Calls => _calls ??= [.. Bodies.SelectMany(b => b.Descendants())
        .Where(n => n.Kind == CXCursorKind.CXCursor_CallExpr && n.Name.Length > 0)];

    /// <summary>The calls of kfuncs that have a flag.</summary>
    public IEnumerable<SyntaxNode> CallsWith(KfuncFlags flag) => Calls.Where(c => Model.FindKfunc(c.Name)?.Has(flag) == true);

    /// <summary>Every statement that stands in a block, in the order of the text.</summary>
    public IReadOnlyList<SyntaxNode> Statements => _statements ??= [.. Bodies.SelectMany(b => b.Descendants())
        .Where(n => n.Kind == CXCursorKind.CXCursor_CompoundStmt).SelectMany(b => b.Children).Where(s => EndOf(s) is not null)];

    private IEnumerable<SyntaxNode> Bodies => Tree.Functions.Select(f => SyntaxTree.BodyOf(f)!);

    /// <summary>Whether a node is a statement of a block by itself.</summary>
    public static bool IsStatement(SyntaxNode node) => node.Parent?.Kind == CXCursorKind.CXCursor_CompoundStmt;

    /// <summary>The statement of a block that a node is part of.</summary>
    public static SyntaxNode? StatementOf(SyntaxNode node) => IsStatement(node) ? node : node.Ancestors().FirstOrDefault(IsStatement);

    public static SyntaxNode? FunctionOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(a => a.Kind == CXCursorKind.CXCursor_FunctionDecl);

    /// <summary>The neighbour of a statement in its block, before (-1) or after (1) it.</summary>
    public static SyntaxNode? Neighbour(SyntaxNode statement, int step)
    {
        var all = statement.Parent!.Children;
        var at = all.IndexOf(statement) + step;
        return at >= 0 && at < all.Count ? all[at] : null;
    }

    /// <summary>Where a statement ends, its semicolon included; null where that is a macro's affair.</summary>
    public int? EndOf(SyntaxNode statement)
    {
        var endsWithBlock = statement.Kind is CXCursorKind.CXCursor_IfStmt or CXCursorKind.CXCursor_WhileStmt or CXCursorKind.CXCursor_ForStmt
            or CXCursorKind.CXCursor_SwitchStmt or CXCursorKind.CXCursor_CompoundStmt or CXCursorKind.CXCursor_LabelStmt or CXCursorKind.CXCursor_UnexposedStmt;
        if (endsWithBlock) return statement.IsPlain && statement.Kind == CXCursorKind.CXCursor_CompoundStmt ? statement.End : LastEnd(statement);
        if (!statement.IsInFile) return null;
        var depth = 0;
        for (var i = statement.IsPlain ? statement.End : statement.Start; i < Tree.Text.Length; i++)
        {
            var c = Tree.Text[i];
            if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or ']' or '}' && --depth < 0) return null;
            else if (c == ';' && depth == 0) return i + 1;
            else if (c == '"') i = Tree.Text.IndexOf('"', i + 1);
            if (i < 0) return null;
        }

        return null;
    }

    private int? LastEnd(SyntaxNode statement) => statement.Children.LastOrDefault() is { } last ? EndOf(last) : null;

    /// <summary>The text of a whole statement.</summary>
    public string TextOf(SyntaxNode statement) => Tree.Text[statement.Start..EndOf(statement)!.Value];

    /// <summary>Where the text of an expression stands, if it can be replaced: it is written out, or the plain argument of a macro.</summary>
    public (int Start, int End)? RangeOf(SyntaxNode expression)
    {
        if (expression.IsPlain) return (expression.Start, expression.End);
        var bare = expression.Bare();
        var end = bare.Start + bare.Name.Length;
        return bare.Kind == CXCursorKind.CXCursor_DeclRefExpr && bare.IsInFile && end <= Tree.Text.Length && Tree.Text[bare.Start..end] == bare.Name
            ? (bare.Start, end) : null;
    }

    /// <summary>An edit that takes a statement away.</summary>
    public Edit Remove(SyntaxNode statement, string what) => new(what, new Replacement(statement.Start, EndOf(statement)!.Value, ";"));

    /// <summary>An edit that has a statement run on some paths only.</summary>
    public Edit OnlySometimes(SyntaxNode call) => InsertBefore(call, $"if (bpf_get_prandom_u32() & {1 << Random.Next(8)})", $"{call.Name} only sometimes");

    public Edit InsertBefore(SyntaxNode statement, string text, string what) => new(what, new Replacement(statement.Start, statement.Start, text + " "));

    public Edit InsertAfter(SyntaxNode statement, string text, string what)
    {
        var end = EndOf(statement)!.Value;
        return new(what, new Replacement(end, end, " " + text));
    }

    /// <summary>An edit that puts a statement in front of one that comes before it in the same block.</summary>
    public Edit Move(SyntaxNode statement, SyntaxNode before, string what) => new(what,
        new Replacement(before.Start, before.Start, TextOf(statement) + " "), new Replacement(statement.Start, EndOf(statement)!.Value, ";"));

    /// <summary>An edit that declares something in front of the first function, besides other changes.</summary>
    public Edit WithDeclaration(Edit edit, string declaration)
    {
        // After the last line of the file: a declaration that already stands may be said again, and no line moves.
        var first = Tree.Declarations.FirstOrDefault(d => d.IsInFile);
        var at = first?.Start ?? 0;
        while (at > 0 && Tree.Text[at - 1] != '\n') at--;
        return edit with { Replacements = edit.Replacements.Add(new Replacement(at, at, declaration + " ")) };
    }

    /// <summary>The local variables and parameters that are pointers and have a value, where a node stands.</summary>
    /// <remarks>What a variable without one holds is the compiler's choice: no kernel's verdict on it means anything.</remarks>
    public static IEnumerable<SyntaxNode> PointersAt(SyntaxNode node) => FunctionOf(node)?.Descendants()
        .Where(d => d.IsPointer && d.Start < node.Start && d.Name.Length > 0 && (d.Kind == CXCursorKind.CXCursor_ParmDecl
            || (d.Kind == CXCursorKind.CXCursor_VarDecl && IsInScope(d, node) && HasValueAt(d, node)))) ?? [];

    private static bool IsInScope(SyntaxNode variable, SyntaxNode node) =>
        variable.Ancestors().FirstOrDefault(a => a.Kind == CXCursorKind.CXCursor_CompoundStmt) is { } block && node.Ancestors().Contains(block);

    /// <summary>Whether a variable is initialised, or set by a statement that ends before a node begins.</summary>
    private static bool HasValueAt(SyntaxNode variable, SyntaxNode node) =>
        (variable.End <= node.Start && variable.Children.Any(c => c.Kind is not (CXCursorKind.CXCursor_TypeRef or CXCursorKind.CXCursor_UnexposedAttr)))
        || FunctionOf(node)!.Descendants().Any(n => n.Kind == CXCursorKind.CXCursor_BinaryOperator && n.Start < node.Start && !node.Ancestors().Contains(n)
            && n.Children.FirstOrDefault() is { Kind: CXCursorKind.CXCursor_DeclRefExpr } target && target.Name == variable.Name);

    public T Pick<T>(IReadOnlyList<T> list) => list[Random.Next(list.Count)];
}
