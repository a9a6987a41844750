using System.Collections.Immutable;

namespace KfuncLsp.Analysis.Observation;

/// <summary>What the verifier holds a value to be.</summary>
public enum ValueKind : byte { Unknown, Scalar, Null, Context, Map, MapValue, Stack, Object, Memory, Packet, Function, Socket, Dynptr, Iterator, IrqFlag }

/// <summary>How far the verifier trusts a pointer to an object.</summary>
public enum ValueTrust : byte { None, Trusted, Rcu, Untrusted, Unknown }

/// <summary>What the verifier knows of a value at a place, on some path.</summary>
public sealed record ValueFacts(ValueKind Kind)
{
    /// <summary>The struct pointed to, the map, or the kind of dynptr or iterator; empty where there is none.</summary>
    public string Name { get; init; } = "";

    public ValueTrust Trust { get; init; }
    public bool MayBeNull { get; init; }

    /// <summary>Whether the program allocated the object itself.</summary>
    public bool IsAllocated { get; init; }

    /// <summary>Whether a list or tree owns the object, and the pointer ends with the lock.</summary>
    public bool IsNonOwning { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>What must be given back; null where nothing is owned.</summary>
    public OwnedReference? Owned { get; init; }

    /// <summary>The call that took a pointer away, where it is only a number by now; empty where nothing did.</summary>
    public string LostTo { get; init; } = "";
}

/// <summary>Something that a program owns, and where it got it.</summary>
public sealed record OwnedReference(string AcquiredBy, string Struct, string Variable, Location AcquiredAt);

/// <summary>A point of a function's code: before an instruction of a block, or behind the last one, before the block's end.</summary>
public readonly record struct CodePoint(string Function, int Block, int Index);

/// <summary>What holds at a point, over all paths that were seen to come there.</summary>
public sealed record PointState
{
    public static readonly PointState Empty = new();

    /// <summary>Local → what it may be, each possibility once.</summary>
    public ImmutableDictionary<int, ImmutableArray<ValueFacts>> Values { get; init; } = ImmutableDictionary<int, ImmutableArray<ValueFacts>>.Empty;

    /// <summary>What some path owns here.</summary>
    public ImmutableArray<OwnedReference> Owned { get; init; } = [];

    /// <summary>What holds here over the paths of both.</summary>
    public PointState With(PointState other)
    {
        var values = Values;
        foreach (var (local, facts) in other.Values) values = values.SetItem(local, [.. values.GetValueOrDefault(local, []).Union(facts)]);
        return new() { Values = values, Owned = [.. Owned.Union(other.Owned)] };
    }
}

/// <summary>The states of a program at every point that its paths pass.</summary>
public sealed class StateTable(IReadOnlyDictionary<CodePoint, PointState> points)
{
    public PointState? At(CodePoint point) => points.GetValueOrDefault(point);

    public int Count => points.Count;
}
