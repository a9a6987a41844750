using System.Collections.Immutable;

namespace KfuncLsp.Analysis.State;

/// <summary>What some bytes of a local hold: the kernel's <c>enum bpf_stack_slot_type</c>.</summary>
internal enum SlotKind : byte { Spill, Dynptr, Iterator, IrqFlag }

/// <summary>An iterator's life: the kernel's <c>enum bpf_iter_state</c>.</summary>
internal enum IteratorState : byte { Active, Drained }

/// <summary>A range of bytes of a local in memory.</summary>
/// <remarks>Units: <see cref="Size"/> in bytes.</remarks>
internal sealed record StackSlot(SlotKind Kind, long Size)
{
    /// <summary>A spilled value.</summary>
    public RegState Value { get; init; } = RegState.Unknown;

    /// <summary>The kind of dynptr (<c>skb</c>, <c>ringbuf</c> …), iterator (<c>task</c>) or irq flag (<c>native</c>, <c>lock</c>).</summary>
    public string Name { get; init; } = "";

    public int Id { get; init; }
    public int RefObjId { get; init; }

    /// <summary>For dynptrs: the reference to what they are of, or 0.</summary>
    public int SourceId { get; init; }
    public IteratorState State { get; init; }
    public TypeFlags Flags { get; init; }
}

/// <summary>A local in memory.</summary>
/// <remarks>Bytes without a slot are unknown, or zero where <see cref="IsZeroed"/>.</remarks>
internal sealed record StackObject
{
    public static readonly StackObject Fresh = new();

    public ImmutableSortedDictionary<long, StackSlot> Slots { get; init; } = ImmutableSortedDictionary<long, StackSlot>.Empty;

    public bool IsZeroed { get; init; }

    /// <summary>Someone that we do not follow may write to it at any time.</summary>
    public bool IsEscaped { get; init; }

    public StackSlot? At(long offset) => Slots.GetValueOrDefault(offset);

    /// <summary>Forgets what the bytes held.</summary>
    public StackObject Clear(long offset, long size)
    {
        var slots = Slots;
        foreach (var (start, slot) in Slots)
            if (start < offset + size && offset < start + slot.Size) slots = slots.Remove(start);
        return ReferenceEquals(slots, Slots) ? this : this with { Slots = slots };
    }

    public StackObject Put(long offset, StackSlot slot)
    {
        var cleared = Clear(offset, slot.Size);
        return cleared with { Slots = cleared.Slots.SetItem(offset, slot) };
    }

    /// <summary>The dynptr, iterator or irq flag that the bytes touch.</summary>
    public StackSlot? SpecialIn(long offset, long size)
    {
        foreach (var (start, slot) in Slots)
            if (slot.Kind != SlotKind.Spill && start < offset + size && offset < start + slot.Size) return slot;
        return null;
    }
}
