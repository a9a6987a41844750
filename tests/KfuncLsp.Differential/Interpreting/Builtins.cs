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
            case "expect": return arguments[0];
            default: throw new NotInterpreted($"call of {name}");
        }
    }
}
