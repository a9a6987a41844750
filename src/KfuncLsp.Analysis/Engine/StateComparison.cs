using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Whether everything that may follow from one state may follow from another that was explored before.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, states_equal, regsafe, stacksafe, refsafe.</remarks>
/// <remarks>One comparison serves one state after the other, each against all that were seen at its place.</remarks>
internal sealed class StateComparison
{
    private readonly List<int[]> _live = [];
    private readonly List<TrackedNumber> _ignored = [];
    private readonly List<(int Old, int Current)> _ids = [];

    /// <summary>The local that told the last state apart: most likely it tells the next one, too.</summary>
    private (int Frame, int Local)? _telling;

    private VerifierState _current = new();
    private (int Chain, int Block)? _rounds;

    /// <summary>Takes the next state; of rounds that are counted, an older one may have done no more.</summary>
    public void Begin(VerifierState current, (int Chain, int Block)? rounds = null)
    {
        (_current, _rounds, _telling, Looked) = (current, rounds, null, 0);
        _live.Clear();
        foreach (var frame in current.Frames) _live.Add(frame.Facts.LiveAt(frame.Block, frame.Index, isGiven: ReferenceEquals(frame, current.Top)));
    }

    /// <summary>The numbers that differ from those of the state that was last compared and covers this one.</summary>
    public IReadOnlyList<TrackedNumber> Ignored => _ignored;

    /// <summary>How many values were looked at, all told: what the comparisons cost.</summary>
    public long Looked { get; private set; }

    /// <summary>Whether the state brings nothing that did not follow from an older one.</summary>
    public bool IsCoveredBy(VerifierState old)
    {
        Looked++;
        if (_telling is var (frame, local) && frame < old.Frames.Count
            && !MayEqual(old.Frames[frame].Locals[local], _current.Frames[frame].Locals[local], old.Frames[frame].Precision.IsPrecise(local))) return false;
        _ids.Clear();
        _ignored.Clear();
        return Equal(old, _current);
    }

    private bool Equal(VerifierState old, VerifierState current)
    {
        if (_rounds is { } counter && old.LoopVisits.GetValueOrDefault(counter) > current.LoopVisits.GetValueOrDefault(counter)) return false;
        if (old.Frames.Count != current.Frames.Count || old.RcuLocks != current.RcuLocks || old.PreemptLocks != current.PreemptLocks
            || old.IsSleepable != current.IsSleepable || old.IsLockUnknown != current.IsLockUnknown || old.IsSpeculative != current.IsSpeculative) return false;
        if (old.PacketBytes > current.PacketBytes || !ReferencesEqual(old, current) || !LoadedEqual(old, current) || !IdsEqual(old.LeftInR0, current.LeftInR0)) return false;
        for (var i = old.Frames.Count - 1; i >= 0; i--)
            if (!FramesEqual(old.Frames[i], current.Frames[i], i)) return false;
        return true;
    }

    /// <summary>What of <see cref="ValuesEqual"/> needs no numbers of ids.</summary>
    private static bool MayEqual(RegState old, RegState current, bool isPrecise)
    {
        if (ReferenceEquals(old, current) || old.IsUnknown) return true;
        if (old.Type != current.Type) return false;
        return !old.IsScalar || !isPrecise || (old.Range.Contains(current.Range) && IsAsNarrow(old, current));
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

    /// <summary>What the older state knows of variables that are read again, this one must know, too.</summary>
    private bool LoadedEqual(VerifierState old, VerifierState current)
    {
        if (ReferenceEquals(old.Loaded, current.Loaded)) return true;
        foreach (var (place, value) in old.Loaded.Values)
        {
            if (!value.IsScalar || value.Lost != LostPointer.None) continue;
            if (place.IsOfGlobal && !current.Frames.Any(f => f.Facts.GlobalsFrom(f.Block).Contains(place.Object))) continue;
            if (current.Loaded.Values.TryGetValue(place, out var other) && other.IsScalar ? value.Range.Contains(other.Range) && IsAsNarrow(value, other) : value.Holes.IsEmpty && IsAny(value.Range, place.Size)) continue;
            if (place.IsOfGlobal || current.Top.Precision.Of(place) is not { IsPrecise: false } number) return false;
            _ignored.Add(number);
        }

        return true;
    }

    private static bool IsAny(ScalarRange range, long size) =>
        range.Contains(ScalarRange.Of(new IntType((int)size * 8, true))) || range.Contains(ScalarRange.Of(new IntType((int)size * 8, false)));

    private bool FramesEqual(FrameState old, FrameState current, int depth)
    {
        foreach (var i in _live[depth])
        {
            if (ValuesEqual(old.Locals[i], current.Locals[i], old.Precision, i, null)) continue;
            _telling = (depth, i);
            return false;
        }

        foreach (var i in current.Facts.InMemory)
            if (!MemoryEqual(old.Memory[i], current.Memory[i], old.Precision, i)) return false;
        return true;
    }

    private bool MemoryEqual(StackObject? old, StackObject? current, FunctionPrecision precision, int local)
    {
        if (ReferenceEquals(old, current)) return old is null || old.Slots.IsEmpty || SlotsEqual(old, current!, precision, local);
        old ??= StackObject.Fresh;
        current ??= StackObject.Fresh;
        if (old.IsEscaped != current.IsEscaped || (old.IsZeroed && !current.IsZeroed)) return false;
        return SlotsEqual(old, current, precision, local);
    }

    private bool SlotsEqual(StackObject old, StackObject current, FunctionPrecision precision, int local)
    {
        foreach (var (offset, slot) in old.Slots)
        {
            if (slot.Kind == SlotKind.Spill && (slot.Value.IsUnknown || IsImmaterial(offset, slot, current, precision, local))) continue;
            if (current.At(offset) is not { } other || other.Kind != slot.Kind || other.Size != slot.Size || other.Name != slot.Name
                || other.State != slot.State || other.Flags != slot.Flags) return false;
            if (slot.Kind == SlotKind.Spill ? !ValuesEqual(slot.Value, other.Value, precision, local, BitSpan.OfBytes(offset, slot.Size)) : !IdsEqual(slot.Id, other.Id) || !IdsEqual(slot.RefObjId, other.RefObjId) || !IdsEqual(slot.SourceId, other.SourceId)) return false;
        }

        foreach (var (offset, slot) in current.Slots)
            if (slot.Kind != SlotKind.Spill ? old.At(offset)?.Kind != slot.Kind : !IsZeroStill(slot.Value, BitSpan.OfBytes(offset, slot.Size))) return false;
        foreach (var (bits, number) in current.Parts)
            if (!IsZeroStill(number, bits)) return false;
        foreach (var (bits, number) in old.Parts)
        {
            if (!number.IsScalar || (number.Range.Contains(bits.Range) && number is { Holes.IsEmpty: true, Bits: { Clear: 0, Set: 0 } })) continue;
            if (PartOf(current, bits) is not { } other) other = RegState.Scalar(bits.Range, isRuntime: false);
            if (!ValuesEqual(number, other, precision, local, bits)) return false;
        }

        return true;

        // Zeros that the older state had nothing written to.
        bool IsZeroStill(RegState value, BitSpan bits) => !old.IsZeroed || old.NumberIn(bits) != 0 || ValuesEqual(RegState.Zero, value, precision, local, bits);
    }

    private static RegState? PartOf(StackObject memory, BitSpan bits) =>
        memory.Parts.GetValueOrDefault(bits) ?? (memory.NumberIn(bits) is { } number ? RegState.Const(number) : null);

    /// <summary>Whether a stored number decided nothing, and bytes that hold no pointer took its place: those read as numbers, too.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, stacksafe, which takes bytes of the kind STACK_MISC for an unknown scalar.</remarks>
    private bool IsImmaterial(long offset, StackSlot slot, StackObject current, FunctionPrecision precision, int local)
    {
        if (!slot.Value.IsScalar || slot.Value.Lost != LostPointer.None || precision.Of(local, BitSpan.OfBytes(offset, slot.Size)) is not { IsPrecise: false } number) return false;
        if (current.At(offset) is { } same && same.Size == slot.Size) return false;
        foreach (var (start, other) in current.Slots)
        {
            if (start >= offset + slot.Size) break;
            if (offset < start + other.Size && other is not { Kind: SlotKind.Spill, Value: { IsScalar: true, Lost: LostPointer.None } }) return false;
        }

        _ignored.Add(number);
        return true;
    }

    /// <summary>Whether what follows from a value follows from an older one of the same local, or of the same bits of it.</summary>
    private bool ValuesEqual(RegState old, RegState current, FunctionPrecision precision, int local, BitSpan? bits)
    {
        Looked++;
        if (ReferenceEquals(old, current) && old is { Id: 0, RefObjId: 0, LenderId: 0 }) return true;
        if (old.IsUnknown) return !old.IsUntypedArgument || current == old || current.IsUnknown;
        if (old.Type != current.Type) return false;
        if (old.IsScalar)
        {
            if (old.Lost != current.Lost && old.Lost != LostPointer.None) return false;
            if (old.Range.Contains(current.Range) && IsAsNarrow(old, current)) return true;
            var number = bits is { } some ? precision.Of(local, some) : precision.Of(local);
            if (number.IsPrecise) return false;
            _ignored.Add(number);
            return true;
        }

        return (!old.IsUsed || current.IsUsed) && old.IsInside == current.IsInside && old.Flags == current.Flags && old.Struct == current.Struct && old.Offset == current.Offset && old.HasVariableOffset == current.HasVariableOffset
            && old.Frame == current.Frame && old.LocalId == current.LocalId && old.Object == current.Object && Equals(old.Literal, current.Literal) && old.MemSize == current.MemSize
            && Equals(old.Field, current.Field) && old.Map?.Name == current.Map?.Name
            && IdsEqual(old.Id, current.Id) && IdsEqual(old.RefObjId, current.RefObjId) && IdsEqual(old.LenderId, current.LenderId);
    }

    /// <summary>Whether what the older number is known not to be, beside its range, this one is not either.</summary>
    private static bool IsAsNarrow(RegState old, RegState current) => 
        old.Holes.AreOf(current.Holes, current.Range) && old.Bits.AreOf(current.Bits)
        && (old.SignedHalf is not { } half || half.Contains(current.SignedHalf ?? current.Range));

    /// <summary>Numbers are names: they must correspond one to one.</summary>
    private bool IdsEqual(int old, int current)
    {
        if (old == 0 || current == 0) return old == current;
        foreach (var pair in _ids)
        {
            if (pair.Old == old) return pair.Current == current;
            if (pair.Current == current) return false;
        }

        _ids.Add((old, current));
        return true;
    }
}
