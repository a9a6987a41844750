namespace KfuncLsp.Ir;

/// <summary>Structs that can be in a list and in a tree and have no count of references: the kernel refuses all types of an object with one.</summary>
/// <remarks>Source: kernel/bpf/btf.c, btf_parse_fields.</remarks>
/// <param name="btf">What the object's BTF holds, asked for only where such a struct is in sight.</param>
public sealed class NodePairs(UnitIr unit, Func<ObjectBtf> btf)
{
    /// <summary>The name of such a struct that the object's BTF holds; null where there is none.</summary>
    public string? Refused { get; } = unit.Structs.Values.Where(IsPair).Select(s => s.Name).Order(StringComparer.Ordinal).FirstOrDefault(n => btf().Holds(n));

    private static bool IsPair(StructDef definition) =>
        definition is { IsComplete: true, IsForward: false, Type.IsUnion: false } && Has(definition, "bpf_list_node") && Has(definition, "bpf_rb_node") && !Has(definition, "bpf_refcount");

    private static bool Has(StructDef definition, string member) => definition.Fields.Any(f => f.Type is StructType type && type.Name == member);
}
