using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>How a pointer field of a map value or local object is kept.</summary>
internal enum KptrKind : byte { Unreferenced, Referenced, Percpu, User }

/// <summary>A kptr field: what it points to, and how.</summary>
internal sealed record KptrField(KptrKind Kind, string Struct, bool IsLocalType);

/// <summary>Loads and exchanges of kptr fields.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_map_kptr_access, btf_ld_kptr_type; semantics E.6.</remarks>
internal static class KptrTransfer
{
    /// <summary>The kptr field that a pointer points to; null where it is none, or not known.</summary>
    public static KptrField? FieldOf(Site site, RegState pointer, CType accessed)
    {
        if (pointer.HasVariableOffset) return null;
        if (site.Program.Unit.Records.Of(pointer) is { } record) return record.At(pointer.Offset, BtfFieldKind.Kptr) is { } field ? Describe(site, field.Type) : null;
        return Describe(site, accessed is PointerType { Tags.Count: > 0 } ? accessed : pointer.Field?.Type);
    }

    /// <summary>How a pointer of this type is kept; null where it is no kptr.</summary>
    public static KptrField? Describe(Site site, CType? type)
    {
        if (type is not PointerType { Pointee: StructType pointee, Tags: var tags }) return null;
        KptrKind? kind =
            tags.Contains("percpu_kptr") ? KptrKind.Percpu
            : tags.Contains("kptr_untrusted") ? KptrKind.Unreferenced
            : tags.Contains("kptr_ref") ? KptrKind.Referenced
            : tags.Contains("uptr") ? KptrKind.User
            : tags.Contains("kptr") ? site.Traits.KptrTagIsReferenced ? KptrKind.Referenced : KptrKind.Unreferenced
            : null;
        if (kind is not { } known || site.Program.Unit.FindStruct(pointee.Name) is { IsForward: true }) return null;
        return IsLocalType(site, pointee.Name) is { } isLocal ? new(known, pointee.Name, isLocal) : null;
    }

    /// <summary>Whether a struct is the program's own, so that pointers to it come from <c>bpf_obj_new</c>; null where nothing is known of it.</summary>
    private static bool? IsLocalType(Site site, string name) =>
        site.Model.KptrTypes.ContainsKey(name) ? false
        : site.Program.Unit.FindStruct(name) is { } definition ? !definition.PreservesAccessIndex
        : null;

    public static RegState Load(Site site, RegState pointer, KptrField field)
    {
        var flags = TypeFlags.PtrMaybeNull;
        var isRcuProtected = site.Model.KptrTypes.TryGetValue(field.Struct, out var type) && type.IsRcuProtected;
        if (field.Kind == KptrKind.User) return RegState.Unknown;
        if (field.Kind != KptrKind.Unreferenced && Trust.InRcuSection(site) && (isRcuProtected || field.IsLocalType))
        {
            flags |= TypeFlags.MemRcu;
            if (field.Kind == KptrKind.Percpu) flags |= TypeFlags.MemPercpu;
            else if (field.IsLocalType)
            {
                flags |= TypeFlags.MemAlloc;
                if (site.Program.Unit.Records.OfStruct(field.Struct) is { HasNode: true })
                    flags |= TypeFlags.NonOwnRef;
            }
        }
        else flags |= TypeFlags.PtrUntrusted;

        return new(RegType.PtrToBtfId) { Struct = field.Struct, Flags = flags, Id = site.Program.NextId() };
    }

    /// <summary><c>bpf_kptr_xchg(slot, pointer)</c>: what goes in is the map's, what comes out is ours.</summary>
    public static RegState Exchange(Site site, Call call, RegState slot, RegState value)
    {
        if (KF0201UncheckedNullArgument.IsBrokenForHelper(site, call, 0, slot)) return RegState.Unknown;
        var isBadPlace = KF0809KptrAccess.IsBadDestination(site, call, slot);
        if (!isBadPlace && value.MayBeNull && value.IsObject && KF0201UncheckedNullArgument.IsBrokenForHelper(site, call, 1, value))
            value = value.WithoutNull();
        if (value.IsUnknown || value.MayBeNull) MemoryTransfer.Escape(site.State, value);
        if (isBadPlace || KF0807UnownedExchange.IsBroken(site, call, value)) return RegState.Unknown;
        var field = slot.Type is RegType.PtrToMapValue || slot.Is(TypeFlags.MemAlloc) ? FieldOf(site, slot, CType.Unknown) : null;
        if (field is not null) KF0809KptrAccess.IsOtherTypeExchanged(site, call, value, field);
        if (value.RefObjId != 0) Transfer(site, value);
        if (field is not { Kind: KptrKind.Referenced or KptrKind.Percpu }) return RegState.Unknown;

        var id = ReferenceTransfer.Acquire(site, call, ReferenceKind.Pointer, "bpf_kptr_xchg", field.Struct);
        var flags = TypeFlags.PtrMaybeNull | (field.IsLocalType || field.Kind == KptrKind.Percpu ? TypeFlags.MemAlloc : TypeFlags.None);
        if (field.Kind == KptrKind.Percpu) flags |= TypeFlags.MemPercpu;
        return new(RegType.PtrToBtfId) { Struct = field.Struct, Flags = flags, Id = id, RefObjId = id, Source = "bpf_kptr_xchg" };
    }

    /// <summary>The reference is the map's now; in an RCU section per-CPU copies stay usable.</summary>
    private static void Transfer(Site site, RegState value)
    {
        var stays = Trust.InRcuSection(site);
        site.State.RemoveReference(value.RefObjId);
        site.State.MapValues(v => v.RefObjId != value.RefObjId ? v
            : stays && v.Is(TypeFlags.MemAlloc) && v.Is(TypeFlags.MemPercpu) ? v with { RefObjId = 0, Flags = TypeFlags.MemRcu | TypeFlags.MemPercpu }
            : v.LostTo(LostPointer.Released, "bpf_kptr_xchg"));
    }
}
