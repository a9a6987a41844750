using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>Some bits of a local in memory.</summary>
/// <remarks>Units: bits from the local's first byte on, least significant first.</remarks>
internal readonly record struct BitSpan(long Start, long Width)
{
    private const int Byte = 8;

    public static readonly BitSpan Everything = new(long.MinValue / 2, long.MaxValue);

    public long End => Start + Width;

    /// <summary>Whether a number can be made of them.</summary>
    public bool IsNumber => Width is > 0 and <= 64;

    /// <summary>Every number that they may hold, read unsigned.</summary>
    public ScalarRange Range => Width < 63 ? new(0, Mask(Width)) : ScalarRange.Any;

    public static BitSpan OfBytes(long offset, long size) => new(offset * Byte, size * Byte);

    /// <summary>Those that an access of a type at an offset reads or writes.</summary>
    public static BitSpan OfAccess(long offset, CType type, BitRange bits) =>
        bits.IsWhole ? OfBytes(offset, type.Size) : new(offset * Byte + bits.Shift, bits.Width);

    public bool Overlaps(BitSpan other) => Start < other.End && other.Start < End;
    public bool Contains(BitSpan other) => Start <= other.Start && other.End <= End;
    public BitSpan Moved(long bytes) => this with { Start = Start + bytes * Byte };
    public BitSpan Before(BitSpan other) => new(Start, other.Start - Start);
    public BitSpan After(BitSpan other) => new(other.End, End - other.End);

    /// <summary>What of a number that lies here lies in other bits, as their number.</summary>
    public long Cut(long number, BitSpan other)
    {
        number &= Mask(Width);
        var shift = (int)(Start - other.Start);
        return (shift >= 0 ? number << shift : (long)((ulong)number >> -shift)) & Mask(other.Width);
    }

    /// <summary>Those of other bits that lie here, set.</summary>
    public long MaskIn(BitSpan other) => Cut(-1, other);

    private static long Mask(long width) => width >= 64 ? -1 : (1L << (int)width) - 1;
}
