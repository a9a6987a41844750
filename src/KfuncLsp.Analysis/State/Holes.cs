using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>Numbers inside a range that a value is known not to be: the compiler decides a second comparison with one by the first.</summary>
/// <remarks>In ascending order. Of more than <see cref="Most"/> only the first that were found are kept.</remarks>
internal readonly record struct Holes(EquatableArray<long> Numbers)
{
    private const int Most = 64;

    public static readonly Holes None = new([]);

    public bool IsEmpty => Numbers.Count == 0;
    public bool Contains(long number) => Numbers.Items.BinarySearch(number) >= 0;

    public Holes With(long number)
    {
        var at = Numbers.Items.BinarySearch(number);
        return at >= 0 || Numbers.Count == Most ? this : new(Numbers.Items.Insert(~at, number));
    }

    /// <summary>A range without the holes at its ends, and the holes inside it; no range where nothing is left of it.</summary>
    public (ScalarRange? Range, Holes Holes) Within(ScalarRange range)
    {
        if (IsEmpty) return (range, this);
        while (Contains(range.Min))
        {
            if (range.IsConst) return (null, None);
            range = range with { Min = range.Min + 1 };
        }

        while (Contains(range.Max)) range = range with { Max = range.Max - 1 };
        return (range, Numbers.Items.All(range.Contains) ? this : new(Numbers.Items.RemoveAll(n => !range.Contains(n))));
    }

    /// <summary>Whether each of these holes is one of another value, too, or outside its range.</summary>
    public bool AreOf(Holes other, ScalarRange range)
    {
        foreach (var number in Numbers)
            if (range.Contains(number) && !other.Contains(number)) return false;
        return true;
    }

    public override string ToString() => string.Join(',', Numbers);
}
