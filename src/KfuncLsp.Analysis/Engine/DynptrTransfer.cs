using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Dynptrs on the stack and the slices that depend on them.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, mark_stack_slots_dynptr, destroy_if_dynptr_stack_slot.</remarks>
internal static class DynptrTransfer
{
    public const long Size = 16;

    public static StackSlot? At(VerifierState state, RegState pointer) =>
        MemoryTransfer.StackAt(state, pointer)?.At(pointer.Offset) is { Kind: SlotKind.Dynptr } slot ? slot : null;

    public static int Create(Site site, RegState pointer, string kind, int refObjId, int sourceId = 0)
    {
        var id = site.Program.NextId();
        if (MemoryTransfer.StackAt(site.State, pointer) is not { } memory || pointer.HasVariableOffset) return id;
        DestroyIn(site.State, memory, pointer.Offset, Size);
        memory = MemoryTransfer.StackAt(site.State, pointer)!;
        MemoryTransfer.SetStack(site.State, pointer, memory.Put(pointer.Offset, new(SlotKind.Dynptr, Size) { Name = kind, Id = id, RefObjId = refObjId, SourceId = sourceId }));
        return id;
    }

    /// <summary>What a kfunc does with a dynptr argument: makes one, or reads one.</summary>
    public static void Apply(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (!parameter.IsUninit)
        {
            meta.Dynptr = At(site.State, argument) ?? (argument.Type == RegType.ConstPtrToDynptr ? new StackSlot(SlotKind.Dynptr, Size) { Id = argument.Id } : null);
            if (meta.Name == "bpf_dynptr_file_discard" && At(site.State, argument) is { } file)
            {
                ReferenceTransfer.Release(site.State, file.RefObjId, meta.Kfunc.Name);
                MemoryTransfer.SetStack(site.State, argument, MemoryTransfer.StackAt(site.State, argument)!.Clear(argument.Offset, Size));
            }

            return;
        }

        var kind = meta.Name switch
        {
            "bpf_dynptr_from_skb" => "skb", "bpf_dynptr_from_xdp" => "xdp", "bpf_dynptr_from_skb_meta" => "skb_meta", "bpf_dynptr_from_file" => "file",
            "bpf_dynptr_clone" => meta.Dynptr?.Name ?? "", _ => "",
        };
        var reference = kind == "file" && meta.Name != "bpf_dynptr_clone" ? ReferenceTransfer.Acquire(site, meta.Call, ReferenceKind.Dynptr, meta.Kfunc.Name, "")
            : meta.Name == "bpf_dynptr_clone" ? meta.Dynptr?.RefObjId ?? 0 : 0;
        Create(site, argument, kind, reference, SourceOf(site, meta));
    }

    /// <summary>The reference to the packet that a dynptr is made of, on kernels where it goes with it.</summary>
    private static int SourceOf(Site site, KfuncCall meta) =>
        site.Kernel("reference-child-leak", null).Length == 0 ? 0 : meta.Name == "bpf_dynptr_clone" ? meta.Dynptr?.SourceId ?? 0
        : meta.Arguments is [{ IsObject: true } source, ..] ? source.RefObjId : 0;

    /// <summary>How many dynptrs share a reference: the one that got it, and its clones.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, dynptr_ref_cnt.</remarks>
    public static int CountOf(VerifierState state, int refObjId)
    {
        var count = 0;
        foreach (var frame in state.Frames)
            foreach (var i in frame.Facts.InMemory)
                count += frame.Memory[i]?.Slots.Values.Count(s => s.Kind == SlotKind.Dynptr && s.RefObjId == refObjId) ?? 0;
        return count;
    }

    /// <summary>The dynptrs that these bytes touch are overwritten.</summary>
    public static void DestroyIn(VerifierState state, StackObject memory, long offset, long size)
    {
        foreach (var (start, slot) in memory.Slots)
            if (start < offset + size && offset < start + slot.Size) Destroy(state, slot);
    }

    /// <summary>What ties a slice to its dynptr. Older kernels leave it where the dynptr goes: they look for plain memory, and a slice has the dynptr's kind with it.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, destroy_if_dynptr_stack_slot and check_kfunc_call of 6.12 (get_dynptr_type_flag).</remarks>
    public static int IdForSlice(Site site, StackSlot dynptr)
    {
        const int Untied = -1;
        return site.Kernel("reference-child-leak", null).Length > 0 ? dynptr.Id : Untied;
    }

    /// <summary>A dynptr is overwritten: its slices are gone.</summary>
    public static void Destroy(VerifierState state, StackSlot dynptr)
    {
        if (dynptr.Kind != SlotKind.Dynptr) return;
        state.MapValues(v => v.LenderId == dynptr.Id ? v.LostTo(LostPointer.DynptrGone, "") : v);
    }

    /// <summary>What depended on a reference is gone with it.</summary>
    public static void InvalidateReferenced(VerifierState state, int refObjId, string by)
    {
        if (refObjId == 0) return;
        for (var depth = 0; depth < state.Frames.Count; depth++)
        {
            foreach (var i in state.Frames[depth].Facts.InMemory)
            {
                if (state.Frames[depth].Memory[i] is not { } memory) continue;
                foreach (var (offset, slot) in memory.Slots)
                {
                    if (slot.Kind != SlotKind.Dynptr || (slot.RefObjId != refObjId && slot.SourceId != refObjId)) continue;
                    // What the variable holds besides changes with every dynptr that goes: its slices may lie beside it.
                    var left = state.Frames[depth].Memory[i]!;
                    state.SetMemory(depth, i, left with { Slots = left.Slots.Remove(offset) });
                    state.MapValues(v => v.LenderId == slot.Id ? v.LostTo(LostPointer.Released, by) : v);
                }
            }
        }
    }

    /// <summary>Packet data moved: slices of packet dynptrs and packet pointers are gone.</summary>
    public static void InvalidatePackets(VerifierState state)
    {
        state.PacketBytes = 0;
        state.MapValues(v => v.Type == RegType.PtrToPacket || (v.Type == RegType.PtrToMem && v.LenderId != 0 && v.Source is "skb" or "xdp" or "skb_meta") ? v.LostTo(LostPointer.DynptrGone, "") : v);
    }
}
