using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Spin locks, resource locks and saved interrupt flags.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, process_spin_lock, process_irq_flag; semantics E.9 and E.10.</remarks>
internal static class LockTransfer
{
    /// <summary>Which lock a pointer names: the map or section, and the lookup or object that it came from.</summary>
    public static (string Of, int Id)? Identify(Site site, RegState pointer)
    {
        if (pointer.Type == RegType.PtrToMapValue)
        {
            if (pointer.Map is { } map) return ("map " + map.Name, pointer.Id);
            return site.Program.Unit.Globals.TryGetValue(pointer.Object, out var global) ? ("section " + global.Section, 0) : null;
        }

        return pointer.IsObject && pointer.Is(TypeFlags.MemAlloc) && pointer.Id != 0 ? ("object " + pointer.Struct, pointer.Id) : null;
    }

    public static void Lock(Site site, Call call, RegState pointer, ReferenceKind kind, string by)
    {
        if (KF0413WrongLockField.IsBroken(site, call, pointer, kind) || Identify(site, pointer) is not { } identity)
        {
            site.State.IsLockUnknown = true;
            identity = ("", 0);
        }

        if (KF0409SecondLock.IsBroken(site, call, kind, identity)) return;
        site.State.References = site.State.References.Add(new(site.Program.NextId(), kind, by, site.At(call.CalleeSpan).Where)
        {
            LockOf = identity.Of,
            LockId = identity.Id,
            LockOffset = pointer.Offset,
            TraceOrder = site.State.Trace?.Order ?? 0,
            Variable = call.Arguments.Count > 0 ? site.NameOf(call.Arguments[0], "") : "",
        });
    }

    public static void Unlock(Site site, Call call, RegState pointer, ReferenceKind kind, string by)
    {
        if (!site.State.IsLockUnknown && KF0413WrongLockField.IsBroken(site, call, pointer, kind)) site.State.IsLockUnknown = true;
        var held = KF0408UnmatchedUnlock.Unlockable(site, call, pointer, kind, by);
        if (held is null) return;
        site.State.RemoveReference(held.Id);
        if (kind == ReferenceKind.Lock) ReferenceTransfer.InvalidateNonOwning(site.State);
        else if (site.State.HeldLock() is null) ReferenceTransfer.InvalidateNonOwning(site.State);
        if (site.Traits.AtomicRegionsAreRcu) KfuncCallTransfer.LeaveRcu(site, always: false);
    }

    /// <summary>Lock and interrupt kfuncs; true where a lock was taken, which can fail.</summary>
    public static bool ApplyKfunc(Site site, KfuncCall meta)
    {
        if (meta.Arguments is not [var pointer, ..]) return false;
        switch (meta.Name)
        {
            case "bpf_res_spin_lock":
                Lock(site, meta.Call, pointer, ReferenceKind.ResLock, meta.Kfunc.Name);
                return true;
            case "bpf_res_spin_lock_irqsave":
                Lock(site, meta.Call, pointer, ReferenceKind.ResLockIrq, meta.Kfunc.Name);
                if (meta.Arguments.Length > 1) SaveFlag(site, meta, meta.Arguments[1], "lock");
                return true;
            case "bpf_res_spin_unlock":
                Unlock(site, meta.Call, pointer, ReferenceKind.ResLock, meta.Kfunc.Name);
                return false;
            case "bpf_res_spin_unlock_irqrestore":
                Unlock(site, meta.Call, pointer, ReferenceKind.ResLockIrq, meta.Kfunc.Name);
                if (meta.Arguments.Length > 1) RestoreFlag(site, meta, meta.Arguments[1], "lock");
                return false;
            case "bpf_local_irq_save":
                SaveFlag(site, meta, pointer, "native");
                return false;
            case "bpf_local_irq_restore":
                RestoreFlag(site, meta, pointer, "native");
                return false;
            default: return false;
        }
    }

    private static void SaveFlag(Site site, KfuncCall meta, RegState pointer, string name)
    {
        if (MemoryTransfer.StackAt(site.State, pointer) is not { } memory || pointer.HasVariableOffset) return;
        if (memory.At(pointer.Offset) is { Kind: SlotKind.IrqFlag }) return;
        var id = ReferenceTransfer.Acquire(site, meta.Call, ReferenceKind.Irq, meta.Kfunc.Name, "");
        MemoryTransfer.SetStack(site.State, pointer, memory.Put(pointer.Offset, new(SlotKind.IrqFlag, 8) { Name = name, Id = id, RefObjId = id }));
    }

    private static void RestoreFlag(Site site, KfuncCall meta, RegState pointer, string name)
    {
        if (MemoryTransfer.StackAt(site.State, pointer) is not { } memory || memory.At(pointer.Offset) is not { Kind: SlotKind.IrqFlag } slot) return;
        KF0406IrqFlag.CheckRestore(site, meta, slot, name);
        site.State.RemoveReference(slot.RefObjId);
        MemoryTransfer.SetStack(site.State, pointer, memory.Clear(pointer.Offset, 8));
        KfuncCallTransfer.LeaveRcu(site, always: false);
    }
}
