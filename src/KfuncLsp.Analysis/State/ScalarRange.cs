using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>The values that an integer may have.</summary>
/// <remarks>
/// Units: inclusive bounds of the mathematical value; for 64-bit types the bits read as signed, so that
/// an unsigned 64-bit value above <see cref="long.MaxValue"/> is negative here.
/// </remarks>
internal readonly record struct ScalarRange(long Min, long Max)
{
    public static readonly ScalarRange Any = new(long.MinValue, long.MaxValue);
    public static readonly ScalarRange Bool = new(0, 1);

    /// <summary>What functions return as errors: down to <c>-MAX_ERRNO</c>.</summary>
    public static readonly ScalarRange Errors = new(-4095, -1);

    public static readonly ScalarRange UnsignedHalf = new(0, uint.MaxValue);

    public bool IsConst => Min == Max;
    public bool IsAny => this == Any;

    public static ScalarRange Const(long value) => new(value, value);

    /// <summary>Every value of a type.</summary>
    public static ScalarRange Of(CType type) => type switch
    {
        IntType { IsBool: true } => Bool,
        IntType { Bits: < 64 and > 0 } i => i.IsSigned ? new(-(1L << (i.Bits - 1)), (1L << (i.Bits - 1)) - 1) : new(0, (1L << i.Bits) - 1),
        _ => Any,
    };

    public bool Contains(ScalarRange other) => Min <= other.Min && other.Max <= Max;
    public bool Contains(long value) => Min <= value && value <= Max;

    public ScalarRange? Intersect(ScalarRange other)
    {
        var (min, max) = (Math.Max(Min, other.Min), Math.Min(Max, other.Max));
        return min <= max ? new(min, max) : null;
    }

    /// <summary>What a conversion to a type makes of it.</summary>
    public ScalarRange ConvertTo(CType type)
    {
        var whole = Of(type);
        if (type is IntType { IsBool: true })
            return IsConst ? Const(Min == 0 ? 0 : 1) : Contains(0) ? Bool : Const(1);
        if (whole.Contains(this)) return this;
        // All of it may be cut to numbers in the same order.
        return type is IntType { Bits: < 64 and > 0 } narrow && (ulong)Max - (ulong)Min < 1UL << narrow.Bits && Wrap(Min, narrow) <= Wrap(Max, narrow) ? new(Wrap(Min, narrow), Wrap(Max, narrow)) : whole;
    }

    private static long Wrap(long value, IntType type)
    {
        var shift = 64 - type.Bits;
        return type.IsSigned ? value << shift >> shift : (long)((ulong)value << shift >> shift);
    }

    public override string ToString() => IsAny ? "?" : IsConst ? $"{Min}" : $"[{Min},{Max}]";
}
