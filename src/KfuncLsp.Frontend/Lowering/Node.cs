using KfuncLsp.Frontend.Interop;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>A cursor whose children are visited once.</summary>
internal sealed class Node(CXCursor cursor, Node? parent)
{
    private Node[]? _children;
    private Node[]? _parts;
    private CXType? _type;

    public CXCursor Cursor { get; } = cursor;
    public Node? Parent { get; } = parent;
    public CXCursorKind Kind => Cursor.Kind;
    public CXType Type => _type ??= clang.getCursorType(Cursor);

    /// <summary>Everything libclang shows: attributes, type references, expressions inside types, then the parts proper.</summary>
    public Node[] Children
    {
        get
        {
            if (_children is not null) return _children;
            var cursors = Cursor.Children();
            if (cursors.Length == 0) return _children = [];
            var nodes = new Node[cursors.Length];
            for (var i = 0; i < cursors.Length; i++) nodes[i] = new Node(cursors[i], this);
            return _children = nodes;
        }
    }

    /// <summary>The children that are expressions, statements or declarations.</summary>
    public Node[] Parts
    {
        get
        {
            if (_parts is not null) return _parts;
            var all = Children;
            foreach (var child in all)
                if (!child.IsPart)
                    return _parts = Array.FindAll(all, static c => c.IsPart);
            return _parts = all;
        }
    }

    public bool IsPart => Kind is >= CXCursorKind.CXCursor_UnexposedExpr and < (CXCursorKind)350 or < CXCursorKind.CXCursor_TypedefDecl
        or CXCursorKind.CXCursor_TypedefDecl or CXCursorKind.CXCursor_StaticAssert;

    public bool IsExpression => Kind is >= CXCursorKind.CXCursor_UnexposedExpr and < CXCursorKind.CXCursor_UnexposedStmt
        or CXCursorKind.CXCursor_BuiltinBitCastExpr;

    public bool HasMemberRef => Array.Exists(Children, static c => c.Kind == CXCursorKind.CXCursor_MemberRef);

    /// <summary>GNU <c>a ?: b</c>: libclang shows the common operand three times before <c>b</c>.</summary>
    public bool IsElvis
    {
        get
        {
            if (Kind != CXCursorKind.CXCursor_UnexposedExpr || Parts.Length != 4) return false;
            var (a, b, c) = (Range(Parts[0]), Range(Parts[1]), Range(Parts[2]));
            return a == b && b == c;

            static (uint, uint) Range(Node node)
            {
                var range = clang.getCursorExtent(node.Cursor);
                return (range.BeginIntData, range.EndIntData);
            }
        }
    }

    /// <summary>Whether evaluating it may change something: clang answers for the value of such an expression, too.</summary>
    public bool MayHaveEffects => Kind switch
    {
        CXCursorKind.CXCursor_CompoundAssignOperator or CXCursorKind.CXCursor_StmtExpr => true,
        CXCursorKind.CXCursor_BinaryOperator when clang.getCursorBinaryOperatorKind(Cursor) == CXBinaryOperatorKind.Assign => true,
        CXCursorKind.CXCursor_UnaryOperator when clang.getCursorUnaryOperatorKind(Cursor) is CXUnaryOperatorKind.PostInc
            or CXUnaryOperatorKind.PostDec or CXUnaryOperatorKind.PreInc or CXUnaryOperatorKind.PreDec => true,
        CXCursorKind.CXCursor_CallExpr when !Cursor.Spelling().StartsWith("__builtin_", StringComparison.Ordinal) => true,
        _ => Array.Exists(Parts, static p => p.MayHaveEffects),
    };

    /// <summary>The operand without parentheses and <c>__extension__</c>.</summary>
    public Node Bare()
    {
        var node = this;
        while (node.Kind == CXCursorKind.CXCursor_ParenExpr && node.Parts.Length == 1
            || node.Kind == CXCursorKind.CXCursor_UnaryOperator
                && clang.getCursorUnaryOperatorKind(node.Cursor) == CXUnaryOperatorKind.Extension)
            node = node.Parts[0];
        return node;
    }

    /// <summary>The operand without parentheses and implicit conversions.</summary>
    public Node BareOfConversions()
    {
        var node = Bare();
        while (node.Kind == CXCursorKind.CXCursor_UnexposedExpr && node.Parts.Length == 1 && !node.HasMemberRef)
            node = node.Parts[0].Bare();
        return node;
    }
}
