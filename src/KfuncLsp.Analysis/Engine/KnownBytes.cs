using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Functions that compare and measure bytes: of known ones the compiler computes the result itself.</summary>
internal static class KnownBytes
{
    /// <summary>Units: bytes. More are not looked at.</summary>
    private const int Most = 256;

    private const string BuiltinPrefix = "__builtin_";

    /// <summary>What is given for bytes that are known; null where they are not, or the function is another one.</summary>
    public static RegState? Result(Site site, string function, RegState[] arguments)
    {
        var result = (NameOf(function), arguments) switch
        {
            ("memcmp" or "bcmp", [var left, var right, var length]) => length.KnownSize is { } size ? Compare(site, left, right, size, endsAtZero: false) : null,
            ("strncmp", [var left, var right, var length]) => length.KnownSize is { } size ? Compare(site, left, right, size, endsAtZero: true) : null,
            ("strcmp", [var left, var right]) => Compare(site, left, right, Most, endsAtZero: true),
            ("strlen", [var text]) => Length(site, text),
            _ => null,
        };
        return result is { } number ? RegState.Const(number) : null;
    }

    /// <summary>Whether a function only reads what it is given.</summary>
    public static bool IsReader(string function) => NameOf(function) is "memcmp" or "bcmp" or "strncmp" or "strcmp" or "strlen";

    private static string NameOf(string function) => function.StartsWith(BuiltinPrefix, StringComparison.Ordinal) ? function[BuiltinPrefix.Length..] : function;

    private static long? Compare(Site site, RegState left, RegState right, long length, bool endsAtZero)
    {
        for (var i = 0L; i < length; i++)
        {
            if (i >= Most || ByteAt(site, left, i) is not { } a || ByteAt(site, right, i) is not { } b) return null;
            if (a != b) return a < b ? -1 : 1;
            if (endsAtZero && a == 0) return 0;
        }

        return 0;
    }

    private static long? Length(Site site, RegState text)
    {
        for (var i = 0L; i < Most; i++)
        {
            if (ByteAt(site, text, i) is not { } character) return null;
            if (character == 0) return i;
        }

        return null;
    }

    private static long? ByteAt(Site site, RegState pointer, long index)
    {
        if (pointer.HasVariableOffset) return null;
        if (pointer.Type != RegType.PtrToStack) return ReadOnlyData.Load(site, pointer with { Offset = pointer.Offset + index }, new IntType(8, IsSigned: false))?.KnownSize;
        return MemoryTransfer.StackAt(site.State, pointer) is { IsEscaped: false } memory ? memory.NumberIn(BitSpan.OfBytes(pointer.Offset + index, 1)) : null;
    }
}
