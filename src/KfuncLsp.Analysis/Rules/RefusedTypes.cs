using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>Why the kernel knows no lock, timer or kptr where the program has one: it refuses the types of the object, or of a map, which libbpf then makes without them.</summary>
/// <remarks>Source: kernel/bpf/btf.c, btf_parse_fields; kernel/bpf/syscall.c, map_check_btf; libbpf's bpf_object__create_map.</remarks>
internal static class RefusedTypes
{
    /// <summary>Why all types of the object are refused; null where they are not.</summary>
    public static string? OfObject(Site site) =>
        site.Program.Unit.NodePairs.Refused is { } pair ? $"`struct {pair}` can be in a list and in a tree, but has no `bpf_refcount`: the kernel refuses all types"
        : site.Traits.RefusesSplitBytes && site.Program.Unit.SplitBytes.Refused is { } field ? $"bit field `{field.Field}` of `struct {field.Struct}` begins inside a byte: the kernel refuses the object's types"
        : null;

    /// <summary>Why no special member is where a pointer points; null where none is missing for that.</summary>
    /// <remarks>Shape: the reason, and whether the map is made without types; else only its members are not known.</remarks>
    public static (string Why, bool IsWithoutTypes)? Of(Site site, RegState pointer)
    {
        if (pointer.Type != RegType.PtrToMapValue) return null;
        if (OfObject(site) is { } all) return (all, true);
        if (pointer.Map is { } map && OfMap(site, map) is { } one) return (one, true);
        if (!site.Traits.RefusesSplitBytes) return null;
        return TypesBeside(site, pointer).Select(site.Program.Unit.SplitBytes.In).FirstOrDefault(f => f is not null) is { } field
            ? ($"bit field `{field.Field}` of `struct {field.Struct}` begins inside a byte, so the kernel knows no member here", false) : null;
    }

    /// <summary>The map's name in messages: that of a section for a global variable.</summary>
    public static string? MapOf(Site site, RegState pointer) =>
        pointer.Map?.Name ?? site.Program.Unit.Globals.GetValueOrDefault(pointer.Object)?.Section;

    /// <summary>Why the types of one map are refused; null where they are not, as far as its value's own members tell.</summary>
    private static string? OfMap(Site site, MapDef map)
    {
        if (map is { Value: null, ValueSize: > 0 }) return $"`{map.Name}` is declared by sizes, so that the kernel knows no members of its values";
        if (map.Value is not StructType value || site.Program.Unit.FindStruct(value.Name) is not { IsComplete: true } definition) return null;
        var kinds = definition.Fields.Select(f => f.Type is StructType type ? BtfField.KindOf(type.Name) : null).OfType<BtfFieldKind>().ToList();
        foreach (var kind in kinds)
        {
            if (kind is BtfFieldKind.SpinLock or BtfFieldKind.ResSpinLock or BtfFieldKind.Timer or BtfFieldKind.Workqueue && kinds.Count(k => k == kind) > 1)
                return $"`struct {value.Name}` has more than one `struct {BtfField.NameOf(kind)}`: the kernel refuses its types";
            if (!HoldsIn(kind, map.Type)) return $"a map of this type cannot hold a `struct {BtfField.NameOf(kind)}`";
        }

        if (kinds.Contains(BtfFieldKind.SpinLock) && kinds.Contains(BtfFieldKind.ResSpinLock)) return $"`struct {value.Name}` has a plain and a resilient lock: the kernel refuses its types";
        if ((kinds.Contains(BtfFieldKind.ListHead) || kinds.Contains(BtfFieldKind.RbRoot)) && !kinds.Contains(BtfFieldKind.SpinLock) && !kinds.Contains(BtfFieldKind.ResSpinLock) && !MayHideLock(definition))
            return $"`struct {value.Name}` has a list or tree without a lock: the kernel refuses its types";
        return definition.Fields.Select(f => f.Type).OfType<PointerType>().Where(IsNamedByKptr).Select(p => p.Pointee).OfType<StructType>().FirstOrDefault(t => IsOnlyNamed(site, t.Name)) is { } named
            ? $"the object only names `struct {named.Name}` and uses it nowhere: the kernel refuses the types of `{map.Name}`" : null;
    }

    /// <summary>Whether a map of a type may hold such a member; only the per-CPU maps and those that forget are known not to.</summary>
    private static bool HoldsIn(BtfFieldKind kind, int mapType)
    {
        const int PercpuHash = 5, PercpuArray = 6, LruHash = 9, LruPercpuHash = 10;
        var isPercpu = mapType is PercpuHash or PercpuArray or LruPercpuHash;
        return kind is BtfFieldKind.SpinLock or BtfFieldKind.ResSpinLock ? !isPercpu && mapType != LruHash : kind is not (BtfFieldKind.Timer or BtfFieldKind.Workqueue or BtfFieldKind.ListHead or BtfFieldKind.RbRoot) || !isPercpu;
    }

    /// <summary>Whether what it points to is looked up by its name; memory that a user lends is not.</summary>
    private static bool IsNamedByKptr(PointerType pointer) => pointer.Tags.Any(t => t is "kptr" or "kptr_untrusted" or "percpu_kptr");

    private static bool MayHideLock(StructDef definition) =>
        definition.Fields.Any(f => f.Type is ArrayType { Element: StructType } || (f.Type is StructType type && BtfField.KindOf(type.Name) is null));

    /// <summary>Whether a struct is the program's own, and the object's BTF does no more than declare it.</summary>
    private static bool IsOnlyNamed(Site site, string name) =>
        !site.Model.KptrTypes.ContainsKey(name) && !site.Program.Unit.Btf.MayHold(name) && site.Program.Unit.FindStruct(name) is { IsComplete: true, IsForward: false, PreservesAccessIndex: false };

    /// <summary>The types that are looked through together: a map's value, or all that lies in a section.</summary>
    private static IEnumerable<CType> TypesBeside(Site site, RegState pointer)
    {
        if (pointer.Map is { } map) return map.Value is { } value ? [value] : [];
        var globals = site.Program.Unit.Globals;
        return globals.TryGetValue(pointer.Object, out var variable) ? globals.Values.Where(g => g.Section == variable.Section && !g.IsExtern).OrderBy(g => g.Name, StringComparer.Ordinal).Select(g => g.Type) : [];
    }
}
