using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Which numbers of a function matter: those that decided something, and all that they were computed from.</summary>
/// <remarks>
/// Numbers that never decided a branch, a size or an address do not tell states apart. A state that was left out only for such a number waits,
/// and is woken where the number turns out to matter after all.
/// Source: kernel/bpf/verifier.c, mark_chain_precision.
/// </remarks>
internal sealed class FunctionPrecision(FunctionFacts facts, Dictionary<LoadedValues.Place, TrackedNumber> places, List<VerifierState> woken)
{
    private readonly TrackedNumber?[] _numbers = new TrackedNumber?[facts.Function.Locals.Count];
    private readonly MemoryNumbers?[] _inMemory = new MemoryNumbers?[facts.Function.Locals.Count];

    /// <summary>The numbers in a local in memory, and the locals that were copied into it.</summary>
    private sealed class MemoryNumbers
    {
        public Dictionary<BitSpan, TrackedNumber> Parts { get; } = [];
        public HashSet<(FunctionPrecision Function, int Local, BitSpan Bits, long Distance)> Copies { get; } = [];
    }

    /// <summary>The number of a local; of one in memory, all that it holds.</summary>
    public TrackedNumber Of(int local) => _numbers[local] ??= new(this, local, BitSpan.Everything);

    /// <summary>The number in some bits of a local in memory.</summary>
    public TrackedNumber Of(int local, BitSpan bits)
    {
        var parts = (_inMemory[local] ??= new()).Parts;
        if (parts.TryGetValue(bits, out var known)) return known;
        var number = new TrackedNumber(this, local, bits);
        foreach (var other in parts.Values)
            if (other.IsPrecise && other.Bits.Overlaps(bits)) number.MakePrecise();
        if (Of(local).IsPrecise) number.MakePrecise();
        parts[bits] = number;
        if (!number.IsPrecise) return number;
        var sources = new List<TrackedNumber>();
        ForEachSource(number, sources.Add);
        foreach (var source in sources) source.Mark();
        return number;
    }

    /// <summary>The number at a place outside of the stack: one for all objects that have such a place.</summary>
    public TrackedNumber Of(LoadedValues.Place place)
    {
        place = place with { Origin = 0, Id = 0, RefObjId = 0, Index = 0 };
        if (!places.TryGetValue(place, out var number)) places[place] = number = new(this, TrackedNumber.NoLocal, BitSpan.Everything);
        return number;
    }

    public bool IsPrecise(int local) => _numbers[local] is { IsPrecise: true };

    /// <summary>Some bytes of a local in memory were copied from another, from so many bytes before.</summary>
    public void IsCopied(int local, BitSpan bits, FunctionPrecision function, int source, long distance)
    {
        var memory = _inMemory[local] ??= new();
        if (!memory.Copies.Add((function, source, bits, distance))) return;
        foreach (var part in memory.Parts.Values.Where(p => p.IsPrecise && p.Bits.Overlaps(bits)).ToArray())
            function.Of(source, part.Bits.Moved(-distance)).Mark();
        if (IsPrecise(local)) function.Of(source).Mark();
    }

    /// <summary>Whether a number matters, or some bits of what it is all of.</summary>
    public bool IsNeeded(TrackedNumber number) =>
        number.IsPrecise || (number.Local != TrackedNumber.NoLocal && number.Bits == BitSpan.Everything && _inMemory[number.Local]?.Parts.Values.Any(p => p.IsPrecise) == true);

    public void Wake(VerifierState state) => woken.Add(state);

    /// <summary>Names what a number that matters was computed from, and what shares bits with it.</summary>
    public void ForEachSource(TrackedNumber number, Action<TrackedNumber> found)
    {
        number.ForEachOwnSource(found);
        if (number.Local == TrackedNumber.NoLocal) return;
        foreach (var source in facts.SourcesOf(number.Local)) found(Of(source));
        if (_inMemory[number.Local] is not { } memory) return;
        foreach (var part in memory.Parts.Values)
            if (part.Bits.Overlaps(number.Bits)) found(part);
        _numbers[number.Local]?.ForEachOwnSource(found);
        foreach (var (function, source, bits, distance) in memory.Copies)
            if (bits.Overlaps(number.Bits)) found(number.Bits == BitSpan.Everything ? function.Of(source) : function.Of(source, number.Bits.Moved(-distance)));
    }
}
