using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>May-be-NULL pointers and numbers of global variables that were loaded, by where from: the compiler loads a member once and uses it twice.</summary>
/// <remarks>
/// A second load of the same place gives the same value until something may have changed it, or the compiler must think so: a call out of the
/// program, an atomic, assembly, a store to the same offset. Members that the loader relocates are read anew each time.
/// </remarks>
internal sealed record LoadedValues(ImmutableDictionary<LoadedValues.Place, RegState> Values)
{
    public static readonly LoadedValues None = new(ImmutableDictionary<Place, RegState>.Empty);

    /// <summary>Of an element that is chosen at run time, <paramref name="Index"/> is the number that chooses it, and it lies somewhere in <paramref name="Reach"/> bytes.</summary>
    public readonly record struct Place(int Origin, int Id, int RefObjId, string Object, string Map, long Offset, long Size, BitRange Bits, int Index, long Reach)
    {
        public bool IsOfGlobal => Object.Length > 0 && Map.Length == 0;
    }

    /// <summary>The place that a load reads; null where the object cannot be told from others of its type.</summary>
    public static Place? Of(RegState pointer, long size, BitRange bits = default) =>
        pointer is { HasVariableOffset: true, Index: 0 } or { HasVariableOffset: true, ArraySize: 0 } || pointer.Type is not (RegType.PtrToBtfId or RegType.PtrToMapValue or RegType.PtrToCtx or RegType.PtrToMem or RegType.PtrToPacket) ? null
        : pointer is { Origin: 0, Id: 0, RefObjId: 0, Object: "", Type: not RegType.PtrToCtx } ? null
        : new(pointer.Origin, pointer.Id, pointer.RefObjId, pointer.Object, pointer.Map?.Name ?? "", pointer.Offset, size, bits, pointer.Index, pointer.HasVariableOffset ? pointer.ArraySize : size);

    public LoadedValues With(Place place, RegState value) => new(Values.SetItem(place, value));

    /// <summary>What a store of so many bytes through a pointer leaves; of another global variable it says nothing, of an array only that some element is written.</summary>
    public LoadedValues After(RegState pointer, long size)
    {
        if (Values.IsEmpty) return this;
        if (pointer.IsUnknown || size <= 0 || pointer is { HasVariableOffset: true, ArraySize: 0 }) return None;
        var variable = pointer is { Type: RegType.PtrToMapValue, Map: null } ? pointer.Object : "";
        var end = pointer.Offset + (pointer.HasVariableOffset ? pointer.ArraySize : size);
        var kept = Values.RemoveRange(Values.Keys.Where(MayBeWritten));
        return ReferenceEquals(kept, Values) ? this : new(kept);

        bool MayBeWritten(Place place) =>
            IsIn(place, pointer) ? place.Offset < end && pointer.Offset < place.Offset + place.Reach
            : (variable.Length == 0 || place.Object.Length == 0 || place.Object == variable) && (pointer.HasVariableOffset || (place.Offset <= pointer.Offset && pointer.Offset < place.Offset + place.Reach && MayBeOneType(place.Size, size)));
    }

    /// <summary>Of another object than the one that is written, the compiler takes what is of another type for left alone; blocks and characters may lie anywhere.</summary>
    private static bool MayBeOneType(long one, long other) => one == other || other is 1 or > 8;

    private static bool IsIn(Place place, RegState pointer) =>
        (place.Origin, place.Id, place.RefObjId, place.Object, place.Map) == (pointer.Origin, pointer.Id, pointer.RefObjId, pointer.Object, pointer.Map?.Name ?? "");

    public LoadedValues Map(Func<RegState, RegState> map)
    {
        var values = Values;
        foreach (var (place, value) in Values)
        {
            var mapped = map(value);
            if (!ReferenceEquals(mapped, value)) values = values.SetItem(place, mapped);
        }

        return ReferenceEquals(values, Values) ? this : new(values);
    }
}
