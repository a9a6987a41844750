using System.Collections.Immutable;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Which members of the unit's types the kernel looks after.</summary>
/// <remarks>Source: kernel/bpf/btf.c, btf_find_field; kernel/bpf/verifier.c, reg_btf_record.</remarks>
internal sealed class RecordTable(UnitFacts unit)
{
    private const int MostElements = 256;
    private const int MostDepth = 6;

    private static readonly ImmutableArray<string> KptrTags = ["kptr", "kptr_untrusted", "kptr_ref", "percpu_kptr", "uptr"];

    private readonly Dictionary<CType, BtfRecord?> _records = [];

    /// <summary>The record of what a pointer points into.</summary>
    /// <remarks>Errors: null where the type, or its layout, is not known. Offsets of a global variable count from the variable.</remarks>
    public BtfRecord? Of(RegState pointer)
    {
        if (pointer.Type == RegType.PtrToMapValue)
        {
            if (pointer.Map is { } map) return map.Value is { } value ? Of(value) : null;
            return unit.Globals.TryGetValue(pointer.Object, out var global) && !global.IsExtern ? OfGlobal(global) : null;
        }

        return pointer.IsObject && pointer.Is(TypeFlags.MemAlloc) ? OfStruct(pointer.Struct) : null;
    }

    public BtfRecord? OfStruct(string name) =>
        unit.FindStruct(name) is { IsComplete: true } definition ? Of(definition.Type) : null;

    /// <summary>The record of a section: of the variables in it, each where the kernel's BTF has it; offsets are not told.</summary>
    public bool SectionHas(string section, BtfFieldKind kind)
    {
        foreach (var global in unit.Globals.Values)
            if (global.Section == section && OfGlobal(global)?.First(kind) is not null) return true;
        return false;
    }

    public BtfRecord? Of(CType type)
    {
        if (_records.TryGetValue(type, out var known)) return known;
        var fields = ImmutableArray.CreateBuilder<BtfField>();
        return _records[type] = Collect(type, 0, [], 0, fields) ? Made(type, fields) : null;
    }

    /// <summary>The record of these members; where something may make the kernel know none of them, it is not known.</summary>
    private BtfRecord? Made(CType type, ImmutableArray<BtfField>.Builder fields) =>
        fields.Count == 0 ? BtfRecord.Empty : unit.NodePairs.Refused is not null || unit.SplitBytes.Refused is not null || unit.SplitBytes.In(type) is not null ? null : new([.. fields]);

    private BtfRecord? OfGlobal(GlobalVar global)
    {
        if (global.DeclTags.Count == 0) return Of(global.Type);
        var fields = ImmutableArray.CreateBuilder<BtfField>();
        return Collect(global.Type, 0, global.DeclTags, 0, fields) ? Made(global.Type, fields) : null;
    }

    /// <summary>Adds the special members of a type; false where some of it is not known.</summary>
    private bool Collect(CType type, long offset, EquatableArray<string> tags, int depth, ImmutableArray<BtfField>.Builder fields)
    {
        switch (type)
        {
            case PointerType { Tags.Count: > 0 } pointer when pointer.Tags.Any(KptrTags.Contains):
                if (!IsInObjectBtf(pointer.Pointee)) return false;
                fields.Add(new(BtfFieldKind.Kptr, offset, 8, pointer, tags));
                return true;
            case StructType special when BtfField.KindOf(special.Name) is { } kind:
                fields.Add(new(kind, offset, special.ByteSize, special, tags));
                return true;
            case ArrayType array:
                if (!MayHoldFields(array.Element)) return true;
                if (array.Count > MostElements) return false;
                for (var i = 0; i < array.Count; i++)
                    if (!Collect(array.Element, offset + i * array.Element.Size, tags, depth, fields)) return false;
                return true;
            case StructType { IsUnion: false } nested:
                if (depth > MostDepth || unit.FindStruct(nested.Name) is not { IsComplete: true } definition) return false;
                foreach (var field in definition.Fields)
                    if (!Collect(field.Type, offset + field.ByteOffset, field.DeclTags, depth + 1, fields)) return false;
                return true;
            default:
                return true;
        }
    }

    /// <summary>The struct that a list or tree beside a pointer holds and the object's BTF lacks: the kernel then takes none of the special members for one. Null where there is none.</summary>
    public string? MissingNodeType(RegState pointer)
    {
        if (pointer.Type != RegType.PtrToMapValue) return null;
        var tags = pointer.Map is { } map ? map.Value is StructType value ? TagsIn(value) : []
            : unit.Globals.TryGetValue(pointer.Object, out var global) ? unit.Globals.Values.Where(g => g.Section == global.Section && !g.IsExtern).SelectMany(g => g.DeclTags.Concat(g.Type is StructType s ? TagsIn(s) : [])) : [];
        return tags.Select(t => t.Split(':')).Where(t => t is ["contains", _, _]).Select(t => t[1]).FirstOrDefault(name => !unit.Btf.MayHold(name));
    }

    private IEnumerable<string> TagsIn(StructType type) => unit.FindStruct(type.Name)?.Fields.SelectMany(f => f.DeclTags) ?? [];

    /// <summary>Whether the object file's BTF surely has a pointee whole: where it only declares it, libbpf creates the map without BTF.</summary>
    private bool IsInObjectBtf(CType pointee) => pointee is StructType type && unit.Btf.Holds(type.Name);

    private static bool MayHoldFields(CType element) => element is StructType or ArrayType or PointerType { Tags.Count: > 0 };
}
