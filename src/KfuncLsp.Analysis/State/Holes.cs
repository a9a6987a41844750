using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>Numbers inside a range that a value is known not to be: the compiler decides a second comparison with one by the first.</summary>
/// <remarks>
/// In ascending order. Of more than <see cref="Most"/> only the first that were found are kept. <see cref="Gap"/> is a whole range of them: an unsigned
/// number above 1000 is none of 0 to 1000, but may be negative as signed ones count.
/// </remarks>
internal readonly record struct Holes(EquatableArray<long> Numbers, ScalarRange? Gap = null)
{
    private const int Most = 64;

    public static readonly Holes None = new([]);

    public bool IsEmpty => Numbers.Count == 0 && Gap is null;
    public bool Contains(long number) => Gap?.Contains(number) == true || Numbers.Items.BinarySearch(number) >= 0;

    /// <summary>Whether all of a range is known not to be.</summary>
    public bool Contains(ScalarRange range) => Gap?.Contains(range) == true;

    public Holes With(long number)
    {
        if (Gap is { } gap && gap.Min - 1 <= number && number <= gap.Max + 1) return With(ScalarRange.Const(number));
        var at = Numbers.Items.BinarySearch(number);
        return at >= 0 || Numbers.Count == Most ? this : this with { Numbers = Numbers.Items.Insert(~at, number) };
    }

    /// <summary>Two gaps that do not touch are not both kept, but the larger one.</summary>
    public Holes With(ScalarRange gap)
    {
        if (Gap is not { } known || known.Contains(gap)) return Gap is null ? this with { Gap = gap } : this;
        if (gap.Min <= known.Max + 1 && known.Min - 1 <= gap.Max) return this with { Gap = new(Math.Min(gap.Min, known.Min), Math.Max(gap.Max, known.Max)) };
        return (Int128)gap.Max - gap.Min > (Int128)known.Max - known.Min ? this with { Gap = gap } : this;
    }

    /// <summary>A range without the holes at its ends, and the holes inside it; no range where nothing is left of it.</summary>
    public (ScalarRange? Range, Holes Holes) Within(ScalarRange range)
    {
        if (IsEmpty) return (range, this);
        while (Contains(range.Min))
        {
            var end = Gap is { } gap && gap.Contains(range.Min) ? gap.Max : range.Min;
            if (end >= range.Max) return (null, None);
            range = range with { Min = end + 1 };
        }

        while (Contains(range.Max)) range = range with { Max = (Gap is { } gap && gap.Contains(range.Max) ? gap.Min : range.Max) - 1 };
        return (range, new(Numbers.Items.All(range.Contains) ? Numbers : Numbers.Items.RemoveAll(n => !range.Contains(n)), Gap is { } left && range.Contains(left) ? left : null));
    }

    /// <summary>Whether each of these holes is one of another value, too, or outside its range.</summary>
    public bool AreOf(Holes other, ScalarRange range)
    {
        if (Gap is { } gap && gap.Intersect(range) is { } inside && !other.Contains(inside)) return false;
        foreach (var number in Numbers)
            if (range.Contains(number) && !other.Contains(number)) return false;
        return true;
    }

    public override string ToString() => string.Join(',', Numbers) + Gap;
}
