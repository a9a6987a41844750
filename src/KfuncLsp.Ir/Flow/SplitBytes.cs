namespace KfuncLsp.Ir;

/// <summary>Bit fields that begin inside a byte: where the kernel looks for members that it looks after itself, it takes a type that has one for broken.</summary>
/// <remarks>Source: kernel/bpf/btf.c, btf_find_struct_field, btf_parse_struct_metas (alloc_obj_fields).</remarks>
public sealed class SplitBytes
{
    private const int MostDepth = 4;

    private readonly UnitIr _unit;

    /// <param name="btf">What the object's BTF holds, asked for only where such a bit field is in sight.</param>
    public SplitBytes(UnitIr unit, Func<ObjectBtf> btf)
    {
        _unit = unit;
        Refused = unit.Structs.Values.Where(IsLookedInto).OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => (s.Name, Field: In(s.Type)))
            .FirstOrDefault(s => s.Field is not null && btf().Holds(s.Name)).Field;
    }

    /// <summary>The bit field for which newer kernels refuse all types of the object; null where there is none.</summary>
    public SplitByte? Refused { get; }

    /// <summary>The first such bit field of a type and of what it holds by value; null where none is known.</summary>
    public SplitByte? In(CType type) => In(type, 0);

    private SplitByte? In(CType type, int depth)
    {
        while (type is ArrayType { Count: > 0 } array) type = array.Element;
        if (type is not StructType { IsUnion: false } structure || depth >= MostDepth || !_unit.Structs.TryGetValue(structure.Name, out var definition) || definition.IsForward) return null;
        foreach (var field in definition.Fields)
        {
            if (field.BitOffset % 8 != 0) return new(structure.Name, field.Name);
            if (In(field.Type, depth + 1) is { } inner) return inner;
        }

        return null;
    }

    /// <summary>Whether the kernel looks into a struct when it takes in the object's types: one of these is its member, as it is.</summary>
    private static bool IsLookedInto(StructDef definition) => definition is { IsForward: false, Type.IsUnion: false } && definition.Fields.Any(f => f.Type switch
    {
        StructType member => member.Name is "bpf_spin_lock" or "bpf_list_head" or "bpf_list_node" or "bpf_rb_root" or "bpf_rb_node" or "bpf_refcount",
        PointerType { Tags.Count: > 0 } pointer => pointer.Tags.Any(t => t is "kptr" or "kptr_untrusted" or "percpu_kptr"),
        _ => false,
    });
}

/// <summary>A bit field that begins inside a byte.</summary>
public sealed record SplitByte(string Struct, string Field);
