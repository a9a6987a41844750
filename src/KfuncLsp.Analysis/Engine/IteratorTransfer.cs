using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Open-coded iterators.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, process_iter_arg, process_iter_next_call.</remarks>
internal static class IteratorTransfer
{
    public static StackSlot? At(VerifierState state, RegState pointer) =>
        MemoryTransfer.StackAt(state, pointer)?.At(pointer.Offset) is { Kind: SlotKind.Iterator } slot ? slot : null;

    /// <summary>The <c>T</c> of <c>bpf_iter_T_new</c>.</summary>
    public static string NameOf(KfuncSignature kfunc)
    {
        var name = kfunc.Parameters is [{ PointeeStruct: { } type }, ..] ? type : kfunc.Name;
        return name.StartsWith("bpf_iter_", StringComparison.Ordinal) ? name[9..] : name;
    }

    public static void New(Site site, KfuncCall meta)
    {
        if (meta.Arguments is not [var pointer, ..] || MemoryTransfer.StackAt(site.State, pointer) is not { } memory || pointer.HasVariableOffset) return;
        if (memory.SpecialIn(pointer.Offset, 8) is not null) return;
        var flags = !meta.Has(KfuncFlags.RcuProtected) ? TypeFlags.PtrTrusted
            : Trust.InRcuSection(site) ? TypeFlags.MemRcu
            : TypeFlags.PtrUntrusted;
        var id = ReferenceTransfer.Acquire(site, meta.Call, ReferenceKind.Iterator, meta.Kfunc.Name, NameOf(meta.Kfunc));
        var type = $"bpf_iter_{NameOf(meta.Kfunc)}";
        var size = site.State.Frames[pointer.Frame].Function.Locals[pointer.LocalId].Type is StructType own && own.Name == type ? own.ByteSize : site.Program.Unit.FindStruct(type)?.Type.ByteSize ?? 8;
        MemoryTransfer.SetStack(site.State, pointer, memory.Put(pointer.Offset, new(SlotKind.Iterator, Math.Max(8, size)) { Name = NameOf(meta.Kfunc), Id = id, RefObjId = id, Flags = flags }));
    }

    public static void Destroy(Site site, KfuncCall meta)
    {
        if (meta.Arguments is not [var pointer, ..] || At(site.State, pointer) is not { } slot) return;
        site.State.RemoveReference(slot.RefObjId);
        site.State.MapValues(v => v.LenderId == slot.Id ? v.LostTo(LostPointer.Released, meta.Kfunc.Name) : v);
        MemoryTransfer.SetStack(site.State, pointer, MemoryTransfer.StackAt(site.State, pointer)!.Clear(pointer.Offset, slot.Size));
    }

    /// <summary>Either the iterator has one more element, or it is drained and gives NULL.</summary>
    public static void Next(PathExplorer explorer, Site site, KfuncCall meta)
    {
        var state = site.State;
        var slot = meta.Arguments is [var pointer, ..] ? At(state, pointer) : null;
        if (slot is null)
        {
            if (meta.Call.Result is { } lost) state.Top.Locals[lost] = RegState.Unknown;
            return;
        }

        pointer = meta.Arguments[0];
        if (slot.State == IteratorState.Active)
        {
            var more = state.Clone();
            if (meta.Call.Result is { } result) more.Top.Locals[result] = ElementOf(site, meta, slot);
            explorer.Push(more);
        }

        MemoryTransfer.SetStack(state, pointer, MemoryTransfer.StackAt(state, pointer)!.Put(pointer.Offset, slot with { State = IteratorState.Drained }));
        if (meta.Call.Result is { } drained) state.Top.Locals[drained] = RegState.Zero with { Id = site.Program.NextId(), Lost = LostPointer.Drained, Source = meta.Kfunc.Name };
    }

    private static RegState ElementOf(Site site, KfuncCall meta, StackSlot slot)
    {
        var type = meta.Kfunc.Return.Type;
        if (type.PointeeStruct is { } pointee)
            return new(RegType.PtrToBtfId) { Struct = pointee, Flags = slot.Flags & (TypeFlags.MemRcu | TypeFlags.PtrTrusted), Source = meta.Kfunc.Name };
        return type.Pointee == KfuncTypeKind.Integer ? new(RegType.PtrToMem) { MemSize = slot.Name == "num" ? 4 : -1, Flags = TypeFlags.MemRdonly, LenderId = slot.Id, Source = meta.Kfunc.Name } : RegState.Unknown;
    }

    /// <summary>After a finding about its RCU section an iterator goes on as if it were in one.</summary>
    public static void Repair(VerifierState state, RegState pointer, StackSlot slot) =>
        MemoryTransfer.SetStack(state, pointer, MemoryTransfer.StackAt(state, pointer)!.Put(pointer.Offset, slot with { Flags = TypeFlags.MemRcu }));

    /// <summary>Iterators over RCU-protected lists are no good once the section has ended.</summary>
    public static void LeaveRcu(VerifierState state)
    {
        for (var depth = 0; depth < state.Frames.Count; depth++)
        {
            var frame = state.Frames[depth];
            foreach (var i in frame.Facts.InMemory)
            {
                if (frame.Memory[i] is not { } memory) continue;
                foreach (var (offset, slot) in memory.Slots)
                    if (slot.Kind == SlotKind.Iterator && (slot.Flags & TypeFlags.MemRcu) != 0)
                        memory = memory with { Slots = memory.Slots.SetItem(offset, slot with { Flags = TypeFlags.PtrUntrusted }) };
                state.SetMemory(depth, i, memory);
            }
        }
    }
}
