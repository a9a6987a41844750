using System.Buffers.Binary;
using System.Numerics;

namespace KfuncLsp.Differential.Interpreting;

/// <summary>Builtins that a frontend may leave as calls.</summary>
internal static class Builtins
{
    public static long Call(string name, long[] arguments, Memory memory)
    {
        switch (name.StartsWith("__builtin_", StringComparison.Ordinal) ? name[10..] : name)
        {
            case "memcpy" or "memmove":
                memory.At(arguments[1], arguments[2]).ToArray().CopyTo(memory.At(arguments[0], arguments[2]));
                return arguments[0];
            case "memset":
                memory.At(arguments[0], arguments[2]).Fill((byte)arguments[1]);
                return arguments[0];
            case "memcmp": return Math.Sign(memory.At(arguments[0], arguments[2]).SequenceCompareTo(memory.At(arguments[1], arguments[2])));
            case "bswap16": return BinaryPrimitives.ReverseEndianness((ushort)arguments[0]);
            case "bswap32": return BinaryPrimitives.ReverseEndianness((uint)arguments[0]);
            case "bswap64": return BinaryPrimitives.ReverseEndianness(arguments[0]);
            case "ctz": return BitOperations.TrailingZeroCount((uint)arguments[0]);
            case "ctzll" or "ctzl": return BitOperations.TrailingZeroCount(arguments[0]);
            case "clz": return BitOperations.LeadingZeroCount((uint)arguments[0]);
            case "clzll" or "clzl": return BitOperations.LeadingZeroCount((ulong)arguments[0]);
            case "popcount": return BitOperations.PopCount((uint)arguments[0]);
            case "popcountll" or "popcountl": return BitOperations.PopCount((ulong)arguments[0]);
            case "expect": return arguments[0];
            default: throw new NotInterpreted($"call of {name}");
        }
    }
}
