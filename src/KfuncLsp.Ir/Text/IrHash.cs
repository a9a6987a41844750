using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace KfuncLsp.Ir;

/// <summary>128 bits that stand for a piece of IR: equal for equal prints, and different for different ones for all practical purposes.</summary>
/// <remarks>Not cryptographic: it keys caches of what one's own compiler made, and needs no library.</remarks>
public readonly record struct IrHash(UInt128 Value)
{
    private static readonly UInt128 s_offset = UInt128.Parse("144066263297769815596495629667062367629", CultureInfo.InvariantCulture);
    private static readonly UInt128 s_prime = new(0x0000000001000000, 0x000000000000013B);

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

    private static IrHash Of(ReadOnlySpan<byte> bytes)
    {
        var hash = s_offset;
        foreach (var b in bytes) hash = unchecked((hash ^ b) * s_prime);
        return new(hash);
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
