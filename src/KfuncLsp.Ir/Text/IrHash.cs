using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace KfuncLsp.Ir;

/// <summary>128 bits that stand for a piece of IR: equal for equal prints, and different for different ones for all practical purposes.</summary>
/// <remarks>Not cryptographic: it keys caches of what one's own compiler made, and needs no library.</remarks>
public readonly record struct IrHash(UInt128 Value)
{
    private const ulong OffsetHigh = 0x6c62272e07bb0142, OffsetLow = 0x62b821756295c58d;

    /// <summary>FNV's prime is this and 2^88.</summary>
    private const ulong PrimeLow = 0x13B;

    /// <summary>The function with everything that its analysis or its findings can depend on, and without where it stands in its file.</summary>
    public static IrHash Of(FunctionIr function) => Of(IrText.Print(function, spans: true));

    /// <summary>Any text: FNV-1a over its UTF-8.</summary>
    public static IrHash Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>One hash for several, in their order.</summary>
    public static IrHash Combine(IReadOnlyCollection<IrHash> parts)
    {
        var bytes = new byte[parts.Count * 16];
        var at = 0;
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(at), part.Value);
            at += 16;
        }

        return Of(bytes);
    }

    /// <remarks>Multiplies in halves of 64 bits: a native executable does not count on a processor's wide multiplication, and the general one is slow.</remarks>
    private static IrHash Of(ReadOnlySpan<byte> bytes)
    {
        var (high, low) = (OffsetHigh, OffsetLow);
        foreach (var b in bytes)
        {
            low ^= b;
            var bottom = (low & uint.MaxValue) * PrimeLow;
            var middle = (low >> 32) * PrimeLow + (bottom >> 32);
            high = unchecked(high * PrimeLow + (middle >> 32) + (low << 24));
            low = unchecked(middle << 32) | (bottom & uint.MaxValue);
        }

        return new(new UInt128(high, low));
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
