using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Whether everything that may follow from one state may follow from another that was explored before.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, states_equal, regsafe, stacksafe, refsafe.</remarks>
internal sealed class StateComparison
{
    private readonly Dictionary<int, int> _ids = [];

    public static bool StatesEqual(VerifierState old, VerifierState current) => new StateComparison().Equal(old, current);

    private bool Equal(VerifierState old, VerifierState current)
    {
        if (old.Frames.Count != current.Frames.Count || old.RcuLocks != current.RcuLocks || old.PreemptLocks != current.PreemptLocks
            || old.IsSleepable != current.IsSleepable || old.IsLockUnknown != current.IsLockUnknown || old.IsSpeculative != current.IsSpeculative) return false;
        if (!ReferencesEqual(old, current)) return false;
        for (var i = 0; i < old.Frames.Count; i++)
            if (!FramesEqual(old.Frames[i], current.Frames[i])) return false;
        return true;
    }

    private bool ReferencesEqual(VerifierState old, VerifierState current)
    {
        if (old.References.Length != current.References.Length) return false;
        for (var i = 0; i < old.References.Length; i++)
        {
            var (a, b) = (old.References[i], current.References[i]);
            if (a.Kind != b.Kind || a.IsEscaped != b.IsEscaped || a.LockOf != b.LockOf || a.LockOffset != b.LockOffset || a.CallbackDepth != b.CallbackDepth) return false;
            if (!IdsEqual(a.Id, b.Id) || !IdsEqual(a.LockId, b.LockId)) return false;
        }

        return true;
    }

    private bool FramesEqual(FrameState old, FrameState current)
    {
        var facts = old.Facts;
        var live = facts.LiveAt(current.Block, current.Index);
        for (var i = 0; i < old.Locals.Length; i++)
        {
            if (!live[i]) continue;
            if (!ValuesEqual(old.Locals[i], current.Locals[i], facts.IsDecisive[i])) return false;
        }

        for (var i = 0; i < old.Memory.Length; i++)
            if (!MemoryEqual(old.Memory[i], current.Memory[i])) return false;
        return true;
    }

    private bool MemoryEqual(StackObject? old, StackObject? current)
    {
        if (ReferenceEquals(old, current)) return old is null || old.Slots.IsEmpty || SlotsEqual(old, current!);
        old ??= StackObject.Fresh;
        current ??= StackObject.Fresh;
        if (old.IsEscaped != current.IsEscaped || (old.IsZeroed && !current.IsZeroed)) return false;
        return SlotsEqual(old, current);
    }

    private bool SlotsEqual(StackObject old, StackObject current)
    {
        foreach (var (offset, slot) in old.Slots)
        {
            if (slot.Kind == SlotKind.Spill && slot.Value.IsUnknown) continue;
            if (current.At(offset) is not { } other || other.Kind != slot.Kind || other.Size != slot.Size || other.Name != slot.Name
                || other.State != slot.State || other.Flags != slot.Flags) return false;
            if (slot.Kind == SlotKind.Spill ? !ValuesEqual(slot.Value, other.Value, isDecisive: true) : !IdsEqual(slot.Id, other.Id) || !IdsEqual(slot.RefObjId, other.RefObjId)) return false;
        }

        foreach (var (offset, slot) in current.Slots)
            if (slot.Kind != SlotKind.Spill && old.At(offset)?.Kind != slot.Kind) return false;
        return true;
    }

    private bool ValuesEqual(RegState old, RegState current, bool isDecisive)
    {
        if (old.IsUnknown) return !old.IsUntypedArgument || current == old || current.IsUnknown;
        if (old.Type != current.Type) return false;
        if (old.IsScalar)
        {
            if (old.Lost != current.Lost && old.Lost != LostPointer.None) return false;
            if (!isDecisive) return true;
            return old.Range.Contains(current.Range);
        }

        return old.Flags == current.Flags && old.Struct == current.Struct && old.Offset == current.Offset && old.HasVariableOffset == current.HasVariableOffset
            && old.Frame == current.Frame && old.LocalId == current.LocalId && old.Object == current.Object && old.MemSize == current.MemSize
            && Equals(old.Field, current.Field) && old.Map?.Name == current.Map?.Name
            && IdsEqual(old.Id, current.Id) && IdsEqual(old.RefObjId, current.RefObjId) && IdsEqual(old.DynptrId, current.DynptrId);
    }

    /// <summary>Numbers are names: they must correspond one to one.</summary>
    private bool IdsEqual(int old, int current)
    {
        if (old == 0 || current == 0) return old == current;
        if (_ids.TryGetValue(old, out var known)) return known == current;
        if (_ids.ContainsValue(current)) return false;
        _ids[old] = current;
        return true;
    }
}
