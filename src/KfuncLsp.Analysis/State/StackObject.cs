using System.Collections.Immutable;
using KfuncLsp.Ir;

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

    /// <summary>Numbers in bits that are no slot: bit fields, what is left of a slot that was written over in part, and what was read of bytes that are not known.</summary>
    public ImmutableDictionary<BitSpan, RegState> Parts { get; init; } = ImmutableDictionary<BitSpan, RegState>.Empty;

    public bool IsZeroed { get; init; }

    /// <summary>Whether something was stored at a place that is chosen at run time, where it may be read again.</summary>
    public bool IsBlurred { get; init; }

    /// <summary>Whether what is read at a place that is chosen at run time may be known all the same.</summary>
    public bool HoldsKnownNumbers => IsBlurred || IsZeroed || Slots.Values.Any(s => s.Value.ConstValue is not null) || Parts.Values.Any(p => p.ConstValue is not null);

    /// <summary>Someone that we do not follow may write to it at any time.</summary>
    public bool IsEscaped { get; init; }

    public StackSlot? At(long offset) => Slots.GetValueOrDefault(offset);

    /// <summary>Whether something was surely stored in some of the bits.</summary>
    public bool HasValueIn(BitSpan bits) =>
        IsZeroed || IsEscaped || Slots.Any(s => BitSpan.OfBytes(s.Key, s.Value.Size).Overlaps(bits));

    /// <summary>Forgets what the bytes held.</summary>
    public StackObject Clear(long offset, long size)
    {
        var span = BitSpan.OfBytes(offset, size);
        var (slots, parts) = (Slots, Parts);
        foreach (var (start, slot) in Slots)
            if (BitSpan.OfBytes(start, slot.Size).Overlaps(span)) slots = slots.Remove(start);
        foreach (var part in Parts.Keys)
            if (part.Overlaps(span)) parts = parts.Remove(part);
        return With(slots, parts);
    }

    /// <summary>Puts something in place of what the bytes held.</summary>
    public StackObject Put(long offset, StackSlot slot)
    {
        var rest = WriteOver(BitSpan.OfBytes(offset, slot.Size));
        return rest with { Slots = rest.Slots.SetItem(offset, slot) };
    }

    /// <summary>Puts a number in place of what some bits held.</summary>
    public StackObject Put(BitSpan bits, RegState number)
    {
        var rest = WriteOver(bits);
        return rest with { Parts = rest.Parts.SetItem(bits, number) };
    }

    /// <summary>Forgets what some bits held; others of the same slot keep theirs.</summary>
    public StackObject WriteOver(BitSpan bits)
    {
        var (slots, parts) = (Slots, Parts);
        foreach (var (held, value) in Parts)
            if (held.Overlaps(bits)) parts = KeepRest(parts.Remove(held), held, value, bits);
        foreach (var (start, slot) in Slots)
        {
            var held = BitSpan.OfBytes(start, slot.Size);
            if (!held.Overlaps(bits)) continue;
            slots = slots.Remove(start);
            parts = KeepRest(parts, held, slot.Value, bits);
        }

        return With(slots, parts);
    }

    /// <summary>The number in some bits, read unsigned; null where not all of them are known.</summary>
    public long? NumberIn(BitSpan bits)
    {
        if (!bits.IsNumber) return null;
        var (number, known) = (0L, 0L);
        foreach (var (start, slot) in Slots)
            if (!Add(BitSpan.OfBytes(start, slot.Size), slot.Value)) return null;
        foreach (var (held, value) in Parts)
            if (!Add(held, value)) return null;
        return IsZeroed || known == bits.MaskIn(bits) ? number : null;

        bool Add(BitSpan held, RegState value)
        {
            if (!held.Overlaps(bits)) return true;
            if (value.KnownSize is not { } constant || !held.IsNumber) return false;
            number |= held.Cut(constant, bits);
            known |= held.MaskIn(bits);
            return true;
        }
    }

    /// <summary>Puts what some bytes of another local hold in place of those that lie so far from there.</summary>
    /// <remarks>Dynptrs, iterators and irq flags stay what they are only where they move; a copy of one is any number.</remarks>
    public StackObject PutCopy(StackObject source, BitSpan bytes, long distance, bool isMoved)
    {
        const long Far = 1L << 40;
        source = source.WriteOver(new(-Far, bytes.Start + Far)).WriteOver(new(bytes.End, Far));
        var result = WriteOver(bytes.Moved(distance));
        var (slots, parts) = (result.Slots, result.Parts);
        foreach (var (offset, slot) in source.Slots)
        {
            var held = BitSpan.OfBytes(offset + distance, slot.Size);
            if (slot.Kind == SlotKind.Spill || isMoved) slots = slots.SetItem(offset + distance, slot);
            else parts = parts.SetItem(held, RegState.Scalar(held.Range, isRuntime: false));
        }

        foreach (var (held, number) in source.Parts) parts = parts.SetItem(held.Moved(distance), number);
        return result with { Slots = slots, Parts = parts };
    }

    /// <summary>What is known of the number in some bits: it is cut from one that holds them all, or made of several that hold some of them each.</summary>
    public RegState NumberFrom(BitSpan bits, IntType type)
    {
        foreach (var (held, value) in Numbers())
            if (held.Contains(bits)) return RegState.Scalar(ScalarRange.Of(type), isRuntime: false) with { Term = value.Term is { } whole ? Term.Convert(CutFrom(whole, held, bits), type) : null };
        var number = new ComposedNumber(bits);
        foreach (var (held, value) in Numbers())
            if (held.Overlaps(bits)) number.Add(held, value);
        return number.Result(type, IsZeroed);
    }

    private IEnumerable<(BitSpan Bits, RegState Value)> Numbers() =>
        Slots.Where(s => s.Value.Kind == SlotKind.Spill).Select(s => (BitSpan.OfBytes(s.Key, s.Value.Size), s.Value.Value))
            .Concat(Parts.Select(p => (p.Key, p.Value))).Where(n => n.Item1.IsNumber);

    private static Term CutFrom(Term whole, BitSpan held, BitSpan bits)
    {
        var unsigned = new IntType(64, IsSigned: false);
        var shifted = held.Start == bits.Start ? whole : Term.Compute(BinaryOp.Shr, Term.Convert(whole, held.Width < 64 ? new IntType((int)held.Width, IsSigned: false) : unsigned), Term.Of(bits.Start - held.Start), unsigned);
        return bits.Width < 64 ? Term.Convert(shifted, new IntType((int)bits.Width, IsSigned: false)) : shifted;
    }

    /// <summary>The dynptr, iterator or irq flag that the bytes touch.</summary>
    public StackSlot? SpecialIn(long offset, long size)
    {
        foreach (var (start, slot) in Slots)
            if (slot.Kind != SlotKind.Spill && start < offset + size && offset < start + slot.Size) return slot;
        return null;
    }

    private StackObject With(ImmutableSortedDictionary<long, StackSlot> slots, ImmutableDictionary<BitSpan, RegState> parts) =>
        ReferenceEquals(slots, Slots) && ReferenceEquals(parts, Parts) ? this : this with { Slots = slots, Parts = parts };

    private static ImmutableDictionary<BitSpan, RegState> KeepRest(ImmutableDictionary<BitSpan, RegState> parts, BitSpan held, RegState value, BitSpan overwritten)
    {
        parts = Keep(parts, held.Before(overwritten));
        return Keep(parts, held.After(overwritten));

        ImmutableDictionary<BitSpan, RegState> Keep(ImmutableDictionary<BitSpan, RegState> parts, BitSpan rest) =>
            rest.Width <= 0 || parts.ContainsKey(rest) ? parts
            : parts.SetItem(rest, held.IsNumber && value.KnownSize is { } constant ? RegState.Const(held.Cut(constant, rest))
                : RegState.Scalar(rest.Range, isRuntime: false) with { Term = held.IsNumber && rest.IsNumber && value is { IsScalar: true, Term: { } whole } ? CutFrom(whole, held, rest) : null });
    }
}
