using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>The members of a BTF-style map definition → <see cref="MapDef"/>.</summary>
/// <remarks>
/// Shape: <c>__uint(n, v)</c> is <c>int (*n)[v]</c>, <c>__type(n, t)</c> is <c>t *n</c>, <c>__array(n, t)</c> is <c>t *n[]</c>,
/// <c>__ulong(n, v)</c> is an anonymous enum with one value.
/// Source: tools/lib/bpf/libbpf.c, parse_btf_map_def.
/// </remarks>
internal sealed class MapLowering(UnitContext unit)
{
    private const int MaxNesting = 4;

    public MapDef Lower(string name, CXCursor variable) =>
        Lower(name, clang.getCursorType(variable), unit.FileSpanOf(variable), 0);

    private MapDef Lower(string name, CXType type, FileSpan anchor, int nesting)
    {
        var map = new MapDef(name, 0, anchor);
        if (!TypeLowering.IsRecord(type)) return map;
        foreach (var field in unit.Structs.Layout(TypeLowering.Canonical(type)))
            map = WithMember(map, field, nesting);
        return map;
    }

    private MapDef WithMember(MapDef map, FieldInfo field, int nesting) => field.Name switch
    {
        "type" => map with { Type = (int)Number(field) },
        "max_entries" => map with { MaxEntries = Number(field) },
        "map_flags" => map with { Flags = Number(field) },
        "key_size" => map with { KeySize = Number(field) },
        "value_size" => map with { ValueSize = Number(field) },
        "key" => map with { Key = Pointee(field), KeySize = Pointee(field).Size },
        "value" => map with { Value = Pointee(field), ValueSize = Pointee(field).Size },
        "values" => map with { Inner = InnerOf(field, nesting) ?? map.Inner },
        _ => map,
    };

    private long Number(FieldInfo field)
    {
        if (field.Type is PointerType { Pointee: ArrayType array }) return array.Count;
        // __ulong: an enum constant, which BTF holds as the enum's only value.
        var declaration = clang.getTypeDeclaration(TypeLowering.Canonical(field.ClangType));
        foreach (var child in declaration.Children())
            if (child.Kind == CXCursorKind.CXCursor_EnumConstantDecl) return clang.getEnumConstantDeclValue(child);
        return 0;
    }

    private CType Pointee(FieldInfo field)
    {
        if (field.Type is not PointerType pointer) return CType.Unknown;
        unit.Structs.Complete(clang.getPointeeType(TypeLowering.Canonical(field.ClangType)));
        return pointer.Pointee;
    }

    private MapDef? InnerOf(FieldInfo field, int nesting)
    {
        var type = TypeLowering.Canonical(field.ClangType);
        if (nesting >= MaxNesting || !TypeLowering.IsArray(type)) return null;
        var pointer = TypeLowering.Canonical(clang.getArrayElementType(type));
        if (!TypeLowering.IsPointer(pointer)) return null;
        var inner = clang.getPointeeType(pointer);
        return TypeLowering.IsRecord(inner) ? Lower("", inner, FileSpan.None, nesting + 1) : null; // Of functions: a program array.
    }
}
