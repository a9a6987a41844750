using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Loads from kernel objects: what trust a walked pointer has.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_ptr_to_btf_access; kernel/bpf/btf.c, btf_struct_walk.</remarks>
internal static class ObjectWalk
{
    public static RegState Load(Site site, RegState pointer, Load load)
    {
        if (pointer.Is(TypeFlags.MemUser | TypeFlags.MemPercpu)) return RegState.Unknown;
        if (load.Type is not PointerType { Pointee: StructType pointee } type) return MemoryTransfer.OfType(load.Type, isRuntime: true);
        if (!IsKnownStep(pointer)) return RegState.Unknown;

        var result = new RegState(RegType.PtrToBtfId) { Struct = pointee.Name, Source = pointer.Source };
        if (type.Tags.Contains("user")) return result with { Flags = TypeFlags.MemUser };
        if (type.Tags.Contains("percpu")) return result with { Flags = TypeFlags.MemPercpu };
        var flags = FlagsOf(site, pointer, pointer.Field!);
        return result with { Flags = flags, Id = (flags & TypeFlags.PtrMaybeNull) != 0 ? site.Program.NextId() : 0 };
    }

    /// <summary>Whether it is known what is loaded: a member, and a pointer whose trust is known.</summary>
    private static bool IsKnownStep(RegState pointer) =>
        pointer is { HasVariableOffset: false, Field: not null } && !pointer.Is(TypeFlags.TrustUnknown);

    /// <summary>The kernel's name of the struct that a member is in; a flavour is the kernel's struct where the loader relocates it.</summary>
    private static string StructOf(Site site, FieldStep field) =>
        site.Program.Unit.FindStruct(field.Struct) is { PreservesAccessIndex: true } ? KernelModel.WithoutFlavour(field.Struct) : field.Struct;

    private static bool IsListed(Site site, FieldStep field) =>
        site.Model.SafeFields[field.Root, field.Name] != FieldTrust.None || site.Model.SafeFields[field.Struct, field.Name] != FieldTrust.None;

    /// <summary>Whether the kernel's BTF has no <c>rcu</c> tag on a member, however it was built: its sources have none.</summary>
    private static bool IsSurelyUntagged(Site site, FieldStep field) => site.Model.RcuNames.Count > 0 && !site.Model.RcuNames.Contains(field.Name);

    private static TypeFlags FlagsOf(Site site, RegState pointer, FieldStep field)
    {
        if (!site.Traits.HasTrustedPointers) return TypeFlags.None;
        if (pointer.Is(TypeFlags.PtrUntrusted)) return TypeFlags.PtrUntrusted;
        if (!Trust.IsTrusted(pointer) && !Trust.IsRcu(pointer)) return pointer.Is(TypeFlags.MayBeRcu) ? TypeFlags.TrustUnknown : TypeFlags.None;
        // A union makes it untrusted; whether this kernel has one there is not known, but trusted it is in neither case.
        if (field.ThroughUnion && Trust.IsTrusted(pointer) && pointer.Struct == field.Root && site.Model.SafeFields[field.Root, field.Name] == FieldTrust.Trusted) return TypeFlags.PtrTrusted;
        if (field.ThroughUnion) return IsListed(site, field) || !IsSurelyUntagged(site, field) ? TypeFlags.TrustUnknown : TypeFlags.None;
        var kernelStruct = KernelModel.WithoutFlavour(pointer.Struct);
        if (kernelStruct != StructOf(site, field) && !(pointer.Struct == field.Root && IsSurelyUntagged(site, field) && !IsListed(site, field))) return TypeFlags.TrustUnknown;
        var listed = site.Model.SafeFields[kernelStruct, field.Name];
        if (listed == FieldTrust.Trusted) return TypeFlags.PtrTrusted;
        if (listed == FieldTrust.TrustedOrNull) return TypeFlags.PtrTrusted | TypeFlags.PtrMaybeNull;
        if (!Trust.InRcuSection(site) || pointer.MayBeNull) return TypeFlags.PtrUntrusted;
        return listed switch
        {
            FieldTrust.Rcu => TypeFlags.MemRcu,
            FieldTrust.RcuOrNull => TypeFlags.MemRcu | TypeFlags.PtrMaybeNull,
            _ => site.Traits.BtfHasTypeTags == false || IsSurelyUntagged(site, field) ? TypeFlags.None : TypeFlags.MayBeRcu,
        };
    }
}
