using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;
using static KfuncLsp.Frontend.Interop.CXCursorKind;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>One scalar, string or struct value of a braced initialiser, and where it goes.</summary>
/// <remarks>Units: <paramref name="Offset"/> in bytes from the object's start. <paramref name="Path"/> leads there: a member, or an index in an array.</remarks>
internal sealed record InitLeaf(Node Value, CXType Type, long Offset, InitStep[] Path);

/// <summary>One step of the path to a sub-object.</summary>
internal readonly record struct InitStep(FieldInfo? Field, long Index, CXType ElementType);

/// <summary>Applies C's rules of initialisation to the list as written: designators, missing braces, GNU ranges.</summary>
internal sealed class InitLeaves(StructTable structs)
{
    private const int MaxLeaves = 65_536;

    private readonly List<InitLeaf> _leaves = [];

    public static List<InitLeaf> Of(StructTable structs, Node initializer, CXType type)
    {
        var walk = new InitLeaves(structs);
        walk.Object(initializer, type, 0, []);
        return walk._leaves;
    }

    private void Object(Node value, CXType type, long offset, InitStep[] path)
    {
        value = value.Bare();
        if (value.Kind == CXCursor_InitListExpr && IsBracedString(value, type)) value = value.Parts[0].Bare();
        if (value.Kind != CXCursor_InitListExpr)
        {
            Add(new InitLeaf(value, type, offset, path));
            return;
        }
        var parts = value.Parts;
        if (!TypeLowering.IsAggregate(type))
        {
            if (parts.Length > 0) Object(parts[0], type, offset, path);
            return;
        }
        var next = 0;
        Consume(parts, ref next, type, offset, path, isBraced: true);
    }

    private void Add(InitLeaf leaf)
    {
        if (_leaves.Count >= MaxLeaves) throw new NotLoweredException("an initialiser with too many elements");
        _leaves.Add(leaf);
    }

    private static bool IsBracedString(Node list, CXType type) =>
        list.Parts.Length == 1 && TypeLowering.IsArray(type) && list.Parts[0].BareOfConversions().Kind == CXCursor_StringLiteral
        && TypeLowering.Canonical(clang.getArrayElementType(TypeLowering.Canonical(type))).Kind is >= CXTypeKind.CXType_Char_U and <= CXTypeKind.CXType_SChar;

    /// <summary>Fills the sub-objects of an aggregate in order, from a list that may be that of an outer one (elided braces).</summary>
    private void Consume(Node[] parts, ref int next, CXType type, long offset, InitStep[] path, bool isBraced)
    {
        type = TypeLowering.Canonical(type);
        var isArray = TypeLowering.IsArray(type);
        var fields = isArray ? [] : structs.Layout(type);
        var element = isArray ? clang.getArrayElementType(type) : default;
        var count = isArray ? type.Kind == CXTypeKind.CXType_ConstantArray ? clang.getArraySize(type) : long.MaxValue
            : clang.getTypeDeclaration(type).Kind == CXCursor_UnionDecl ? Math.Min(1, fields.Length) : fields.Length;
        long position = 0;
        while (next < parts.Length)
        {
            if (FunctionShape.IsDesignated(parts[next]))
            {
                if (!isBraced) return; // It belongs to the list around.
                position = Designated(parts[next++], type, offset, path) + 1;
                // After a union's designated member nothing follows; after a struct's, the next member.
                count = Math.Max(count, isArray ? 0 : Math.Min(position, fields.Length));
                continue;
            }
            if (position >= count) return;
            var step = isArray ? new InitStep(null, position, element) : new InitStep(fields[position], 0, fields[position].ClangType);
            Element(parts, ref next, step, offset, path);
            position++;
        }
    }

    private void Element(Node[] parts, ref int next, InitStep step, long offset, InitStep[] path)
    {
        var type = step.ElementType;
        var at = offset + OffsetOf(step);
        InitStep[] inner = [.. path, step];
        var value = parts[next].Bare();
        var fills = value.Kind == CXCursor_InitListExpr || !TypeLowering.IsAggregate(type)
            || TypeLowering.IsRecord(type) && TypeLowering.IsRecord(value.Type)
            || TypeLowering.IsArray(type) && value.BareOfConversions().Kind == CXCursor_StringLiteral;
        if (fills)
        {
            next++;
            Object(value, type, at, inner);
        }
        else
        {
            var before = next;
            Consume(parts, ref next, type, at, inner, isBraced: false);
            if (next == before) next++;
        }
    }

    private static long OffsetOf(InitStep step) =>
        step.Field is { } field ? field.StorageOffset : step.Index * Math.Max(0, clang.Type_getSizeOf(step.ElementType));

    /// <summary>A designated initialiser.</summary>
    /// <remarks>Shape: → the index, in the outermost aggregate, of what it designates.</remarks>
    private long Designated(Node node, CXType type, long offset, InitStep[] path)
    {
        var designators = node.Children.Where(c => c.Kind == CXCursor_MemberRef || c.IsExpression).ToArray();
        var value = designators[^1];
        long first = -1;
        Follow(designators.AsMemory(0, designators.Length - 1), type, offset, path);
        return first;

        void Follow(ReadOnlyMemory<Node> rest, CXType at, long from, InitStep[] taken)
        {
            if (rest.Length == 0)
            {
                Object(value, at, from, taken);
                return;
            }
            at = TypeLowering.Canonical(at);
            var designator = rest.Span[0];
            if (designator.Kind == CXCursor_MemberRef)
            {
                var steps = FindMember(at, clang.getCursorReferenced(designator.Cursor).Declaration)
                    ?? throw new NotLoweredException("a designator that cannot be resolved");
                if (first < 0) first = Array.FindIndex(structs.Layout(at), f => f == steps[0].Field);
                Follow(rest[1..], steps[^1].ElementType, from + steps.Sum(OffsetOf), [.. taken, .. steps]);
                return;
            }
            if (!TypeLowering.IsArray(at)) throw new NotLoweredException("a designator that cannot be resolved");
            var element = clang.getArrayElementType(at);
            var low = designator.Cursor.Evaluate() ?? throw new NotLoweredException("a designator that is not a constant");
            var isRange = rest.Length > 1 && rest.Span[1].Kind != CXCursor_MemberRef && !TypeLowering.IsArray(element);
            var high = isRange ? rest.Span[1].Cursor.Evaluate() ?? low : low;
            for (var i = low; i <= high; i++)
            {
                var step = new InitStep(null, i, element);
                Follow(rest[(isRange ? 2 : 1)..], element, from + OffsetOf(step), [.. taken, step]);
            }
            if (first < 0) first = high;
        }
    }

    /// <summary>The way to a member, through anonymous structs and unions where clang leaves them out.</summary>
    private InitStep[]? FindMember(CXType record, nint declaration)
    {
        foreach (var field in structs.Layout(record))
        {
            var step = new InitStep(field, 0, field.ClangType);
            if (field.Declaration == declaration) return [step];
            if (field.Name.Length == 0 && TypeLowering.IsRecord(field.ClangType) && FindMember(TypeLowering.Canonical(field.ClangType), declaration) is { } inner)
                return [step, .. inner];
        }
        return null;
    }
}
