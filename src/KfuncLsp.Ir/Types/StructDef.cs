namespace KfuncLsp.Ir;

/// <summary>The members of a struct or union, as the translation unit lays them out.</summary>
/// <remarks>
/// Kernel types are recorded as far as the unit touches them: <see cref="IsComplete"/> is false where members are left out.
/// Types that the program itself defines (locals, globals, map values) are complete, by-value members included.
/// </remarks>
public sealed record StructDef(StructType Type, EquatableArray<StructField> Fields)
{
    /// <summary>Whether every member is listed.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Whether the unit only declares the struct; the object file's BTF then has a forward declaration.</summary>
    public bool IsForward { get; init; }

    /// <summary>Whether the definition stands in a file that carries CO-RE relocation (<c>preserve_access_index</c>).</summary>
    public bool PreservesAccessIndex { get; init; }

    public string Name => Type.Name;
}

/// <summary>One member.</summary>
/// <remarks>Units: <paramref name="BitOffset"/> from the start of the struct; <paramref name="BitWidth"/> is 0 unless it is a bit field.</remarks>
public sealed record StructField(string Name, long BitOffset, CType Type, int BitWidth = 0)
{
    /// <summary>The <c>btf_decl_tag</c> strings, such as <c>contains:node_data:node</c>.</summary>
    public EquatableArray<string> DeclTags { get; init; } = [];

    public long ByteOffset => BitOffset / 8;
}
