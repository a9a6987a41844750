using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What a kfunc returns, to the verifier.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, the second half of check_kfunc_call; semantics E.5 and E.8.</remarks>
internal static class KfuncResult
{
    public static RegState Of(Site site, KfuncCall meta)
    {
        var type = meta.Kfunc.Return.Type;
        if (!type.IsPointer) return type.Kind is KfuncTypeKind.Integer or KfuncTypeKind.Enum ? RegState.Scalar(meta.Call.Prototype.Return is IntType { IsBool: true } ? ScalarRange.Bool : RangeOf(type)) : RegState.Unknown;
        if (Pointer(site, meta, type) is not { } value) return RegState.Unknown;
        if (value.IsScalar) return value;

        var mayBeNull = meta.Has(KfuncFlags.RetNull) && !(meta.Name == "bpf_refcount_acquire" && (meta.IsOwningArgument || (site.Traits.RefcountAcquireTrustsAnyObject && IsBorrowedElsewhere(meta))));
        var isAcquired = meta.Has(KfuncFlags.Acquire);
        var id = isAcquired ? ReferenceTransfer.Acquire(site, meta.Call, ReferenceKind.Pointer, meta.Kfunc.Name, value.Struct) : site.Program.NextId();
        value = value with
        {
            Id = id,
            RefObjId = isAcquired ? id : value.RefObjId,
            NullOffset = mayBeNull ? value.Offset : 0,
            Flags = value.Flags | (mayBeNull ? TypeFlags.PtrMaybeNull : TypeFlags.None),
            Source = value.Source.Length > 0 ? value.Source : meta.Kfunc.Name,
        };
        return !isAcquired && meta.Name is "bpf_rbtree_first" or "bpf_rbtree_root" or "bpf_rbtree_left" or "bpf_rbtree_right" or "bpf_list_front" or "bpf_list_back"
            ? ReferenceTransfer.AsNonOwning(site, value) : value;
    }

    /// <summary>Whether the object is borrowed, but not from a list or tree.</summary>
    private static bool IsBorrowedElsewhere(KfuncCall meta) => meta.Arguments is [{ IsObject: true } source, ..] && !source.Is(TypeFlags.NonOwnRef);

    /// <summary>The pointer without what flags add to it; null where it is not followed.</summary>
    private static RegState? Pointer(Site site, KfuncCall meta, KfuncType type)
    {
        switch (meta.Name)
        {
            case "bpf_obj_new":
                return new(RegType.PtrToBtfId) { Flags = TypeFlags.MemAlloc, Struct = meta.Constant?.Struct ?? "" };
            case "bpf_percpu_obj_new":
                return new(RegType.PtrToBtfId) { Flags = TypeFlags.MemAlloc | TypeFlags.MemPercpu, Struct = meta.Constant?.Struct ?? "" };
            case "bpf_refcount_acquire":
                return new(RegType.PtrToBtfId) { Flags = TypeFlags.MemAlloc, Struct = meta.Arguments is [{ IsObject: true } source, ..] ? source.Struct : "" };
            case "bpf_list_pop_front" or "bpf_list_pop_back" or "bpf_list_del" or "bpf_list_front" or "bpf_list_back"
                or "bpf_rbtree_remove" or "bpf_rbtree_first" or "bpf_rbtree_root" or "bpf_rbtree_left" or "bpf_rbtree_right":
                return GraphTransfer.NodeOf(site, meta);
            case "bpf_cast_to_kern_ctx":
                return site.Program.Kind is { } kind && site.Model.Contexts.TryGetValue(kind.Type, out var context)
                    ? new(RegType.PtrToBtfId) { Flags = TypeFlags.PtrTrusted, Struct = context.KernelName } : null;
            case "bpf_rdonly_cast":
                return meta.Constant is { Struct.Length: > 0 } target ? new(RegType.PtrToBtfId) { Flags = TypeFlags.PtrUntrusted, Struct = target.Struct }
                    : meta.Constant is { IsNull: true, IsLeftToLoader: false } ? new(RegType.PtrToMem) { Flags = TypeFlags.PtrUntrusted | TypeFlags.MemRdonly } : null;
            case "bpf_dynptr_slice" or "bpf_dynptr_slice_rdwr":
                if (meta.Name == "bpf_dynptr_slice_rdwr") KF0605PacketWrite.IsBroken(site, meta);
                return new(RegType.PtrToMem)
                {
                    Flags = meta.Name == "bpf_dynptr_slice" ? TypeFlags.MemRdonly : TypeFlags.None,
                    MemSize = meta.Constant?.KnownSize ?? -1,
                    LenderId = meta.Dynptr is { } dynptr ? DynptrTransfer.IdForSlice(site, dynptr) : 0,
                    Source = meta.Dynptr?.Name ?? "",
                };
        }

        if (type.Pointee == KfuncTypeKind.Void) return RegState.AnyScalar with { IsRuntimeValue = true };
        if (type.PointeeStruct is { } pointee) return new(RegType.PtrToBtfId) { Struct = pointee, Flags = ObjectFlags(site, meta) };
        if (type.Pointee is KfuncTypeKind.Other) return null;
        return new(RegType.PtrToMem) { MemSize = meta.ReturnSize ?? -1, Flags = meta.ReturnIsReadOnly ? TypeFlags.MemRdonly : TypeFlags.None, RefObjId = OwnerOf(meta) };
    }

    /// <summary>Memory that a kfunc lends is gone with the object that it was asked of.</summary>
    private static int OwnerOf(KfuncCall meta)
    {
        foreach (var argument in meta.Arguments)
            if (argument.RefObjId != 0 && argument.IsObject) return argument.RefObjId;
        return 0;
    }

    private static TypeFlags ObjectFlags(Site site, KfuncCall meta)
    {
        if (meta.Has(KfuncFlags.RcuProtected)) return site.Traits.RcuProtectedOnAllCalls ? TypeFlags.MemRcu : TypeFlags.None;
        if (!site.Traits.TrustedKfuncResults) return TypeFlags.None;
        return meta.Name == "bpf_get_kmem_cache" ? TypeFlags.PtrUntrusted : TypeFlags.PtrTrusted;
    }

    private static ScalarRange RangeOf(KfuncType type) => ScalarRange.Of(new IntType(type.Bits, type.IsSigned));
}
