namespace KfuncLsp.Ir.Codec;

/// <summary>The first byte of a type in the table.</summary>
internal static class TypeTag
{
    public const byte Unknown = 0, Void = 1, Int = 2, Float = 3, Pointer = 4, Struct = 5, Array = 6, Function = 7;
}

/// <summary>FNV-1a: any single byte that changes, changes the sum.</summary>
internal static class CheckSum
{
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var sum = 14695981039346656037UL;
        foreach (var b in bytes) sum = (sum ^ b) * 1099511628211UL;
        return sum;
    }
}
