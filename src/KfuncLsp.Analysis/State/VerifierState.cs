using System.Collections.Immutable;
using KfuncLsp.Analysis.Engine;

namespace KfuncLsp.Analysis.State;

/// <summary>Everything the verifier knows at one point of one path: the kernel's <c>struct bpf_verifier_state</c>.</summary>
internal sealed class VerifierState
{
    /// <summary>The frames, outermost first.</summary>
    /// <remarks>Copies of a state share all but the innermost; what lies in those is changed by <see cref="SetLocal"/> and <see cref="SetMemory"/> alone.</remarks>
    public List<FrameState> Frames { get; private init; } = [];

    /// <summary>References, oldest first.</summary>
    public ImmutableArray<ReferenceState> References { get; set; } = [];

    public int RcuLocks { get; set; }
    public int PreemptLocks { get; set; }
    public bool IsSleepable { get; set; }

    /// <summary>How many bytes of the packet the branches taken found to be there.</summary>
    public long PacketBytes { get; set; }

    public LoadedValues Loaded { get; set; } = LoadedValues.None;

    /// <summary>What the branches taken say of numbers, newest first. No part of a comparison of states.</summary>
    public PathCondition? Conditions { get; set; }

    /// <summary>How control came here, newest first.</summary>
    public PathTrace? Trace { get; set; }

    /// <summary>How often each loop header was passed on this path.</summary>
    public ImmutableDictionary<(int Chain, int Block), int> LoopVisits { get; set; } = ImmutableDictionary<(int, int), int>.Empty;

    /// <summary>Set while a lock's state could not be followed; then no rule about locks is broken.</summary>
    public bool IsLockUnknown { get; set; }

    /// <summary>Set where a question that only the target kernel can answer was answered by a guess; what is found then is no error.</summary>
    public bool IsSpeculative { get; set; }

    /// <summary>Whether the compiler may have left out every call of the global function that this path runs through.</summary>
    public bool MayBeLeftOut { get; set; }

    /// <summary>The return that left the body which <c>BPF_PROG</c> and its like wrap: the program's own end, as its author wrote it.</summary>
    public Location? BodyReturn { get; set; }

    /// <summary>The reference that R0 was left with by the last call, or 0. Followed only where a program that returns nothing may hand it back.</summary>
    public int LeftInR0 { get; set; }

    /// <summary>A finding about an access that the compiler leaves out if the path surely comes to one through NULL itself, as it leaves out all that leads there.</summary>
    public Finding? Withheld { get; set; }

    /// <summary>How many values were gone through since the last step besides those that it names: what it cost. No part of the state.</summary>
    public long Looked { get; set; }

    public FrameState Top => Frames[^1];
    public int Depth => Frames.Count - 1;

    public VerifierState Clone()
    {
        var copy = new VerifierState
        {
            Frames = new(Frames.Count + 1),
            References = References, RcuLocks = RcuLocks, PreemptLocks = PreemptLocks, IsSleepable = IsSleepable,
            Trace = Trace, Conditions = Conditions, LoopVisits = LoopVisits, IsLockUnknown = IsLockUnknown, BodyReturn = BodyReturn, Loaded = Loaded, PacketBytes = PacketBytes,
            IsSpeculative = IsSpeculative, MayBeLeftOut = MayBeLeftOut, LeftInR0 = LeftInR0, Withheld = Withheld,
        };
        for (var depth = 0; depth < Depth; depth++) copy.Frames.Add(Frames[depth].Share());
        copy.Frames.Add(Top.Clone());
        return copy;
    }

    /// <summary>Leaves the innermost frame.</summary>
    public void PopFrame()
    {
        Frames.RemoveAt(Depth);
        Own(Depth);
    }

    /// <summary>Gives a local of any frame a value.</summary>
    public void SetLocal(int depth, int local, RegState value)
    {
        if (!ReferenceEquals(Frames[depth].Locals[local], value)) Own(depth).Locals[local] = value;
    }

    /// <summary>Gives a local in memory of any frame its contents.</summary>
    public void SetMemory(int depth, int local, StackObject memory)
    {
        if (!ReferenceEquals(Frames[depth].Memory[local], memory)) Own(depth).Memory[local] = memory;
    }

    /// <summary>A frame that this state shares with no other.</summary>
    private FrameState Own(int depth) => Frames[depth] is { IsShared: true } shared ? Frames[depth] = shared.Clone() : Frames[depth];

    public ReferenceState? FindReference(int id)
    {
        foreach (var reference in References)
            if (reference.Id == id) return reference;
        return null;
    }

    /// <summary>Whether a caller outside the callback that runs here goes on counting a reference, whatever happens to it in here.</summary>
    public bool IsCountedOutside(int id)
    {
        var acquiredIn = FindReference(id)?.CallbackDepth ?? Depth;
        for (var i = Depth; i > acquiredIn; i--)
            if (Frames[i].CountsReferencesApart) return true;
        return false;
    }

    public bool RemoveReference(int id)
    {
        for (var i = 0; i < References.Length; i++)
        {
            if (References[i].Id != id) continue;
            References = References.RemoveAt(i);
            return true;
        }

        return false;
    }

    public ReferenceState? HeldLock()
    {
        for (var i = References.Length - 1; i >= 0; i--)
            if (References[i].IsLock) return References[i];
        return null;
    }

    public bool HoldsIrq => References.Any(r => r.Kind == ReferenceKind.Irq || r.Kind == ReferenceKind.ResLockIrq);

    /// <summary>Replaces every value of the state: locals and spilled ones of all frames.</summary>
    /// <remarks>Shape: the function returns its argument itself where nothing changes.</remarks>
    public void MapValues(Func<RegState, RegState> map)
    {
        Loaded = Loaded.Map(map);
        for (var depth = 0; depth < Frames.Count; depth++)
        {
            var frame = Frames[depth];
            Looked += frame.Locals.Length;
            for (var i = 0; i < frame.Locals.Length; i++)
                if (frame.Locals[i] is { Type: not RegType.Unknown } value) SetLocal(depth, i, map(value));
            foreach (var i in frame.Facts.InMemory)
                if (frame.Memory[i] is { } memory) SetMemory(depth, i, MapHeld(memory, map));
        }
    }

    /// <summary>Replaces every value of the state that has an id, and tells which of them are others now.</summary>
    public void MapLinked(int id, Func<RegState, RegState> map, Action<TrackedNumber>? changed = null)
    {
        Loaded = Loaded.Map(v => v.Id == id ? map(v) : v);
        for (var depth = 0; depth < Frames.Count; depth++)
        {
            var frame = Frames[depth];
            Looked += frame.Locals.Length;
            for (var i = 0; i < frame.Locals.Length; i++)
            {
                var value = frame.Locals[i];
                if (value.Id != id) continue;
                SetLocal(depth, i, map(value));
                if (!ReferenceEquals(Frames[depth].Locals[i], value)) changed?.Invoke(frame.Precision.Of(i));
            }

            foreach (var i in frame.Facts.InMemory)
            {
                if (frame.Memory[i] is not { } memory) continue;
                SetMemory(depth, i, MapHeld(memory, v => v.Id == id ? map(v) : v, bits => changed?.Invoke(frame.Precision.Of(i, bits))));
            }
        }
    }

    private static StackObject MapHeld(StackObject memory, Func<RegState, RegState> map, Action<BitSpan>? changed = null)
    {
        var slots = memory.Slots;
        foreach (var (offset, slot) in memory.Slots)
        {
            if (slot.Kind != SlotKind.Spill) continue;
            var value = map(slot.Value);
            if (ReferenceEquals(value, slot.Value)) continue;
            slots = slots.SetItem(offset, slot with { Value = value });
            changed?.Invoke(BitSpan.OfBytes(offset, slot.Size));
        }

        var parts = memory.Parts;
        foreach (var (bits, number) in memory.Parts)
        {
            var value = map(number);
            if (ReferenceEquals(value, number)) continue;
            parts = parts.SetItem(bits, value);
            changed?.Invoke(bits);
        }

        return ReferenceEquals(slots, memory.Slots) && ReferenceEquals(parts, memory.Parts) ? memory : memory with { Slots = slots, Parts = parts };
    }

    public void Escape(int refObjId)
    {
        if (refObjId == 0) return;
        for (var i = 0; i < References.Length; i++)
            if (References[i].Id == refObjId && !References[i].IsEscaped)
                References = References.SetItem(i, References[i] with { IsEscaped = true });
    }
}
