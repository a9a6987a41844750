using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Loads from frozen <c>.rodata</c> and from string literals, which lie there, too: compiler and verifier know the value.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, bpf_map_is_rdonly and bpf_map_direct_read in check_mem_access.</remarks>
internal static class ReadOnlyData
{
    /// <summary>Units: bytes. What is longer is not copied number by number.</summary>
    private const long MostCopied = 512;

    /// <summary>What a load of a constant gives; null where its bytes are not known.</summary>
    public static RegState? Load(UnitFacts unit, RegState pointer, CType type) =>
        BytesOf(unit, pointer, out var isVolatile) is not { } bytes || type is not IntType { Bits: > 0 and <= 64 } || Read(bytes, pointer.Offset, type.Size) is not { } value ? null
        : RegState.Const(ScalarRange.Const(value).ConvertTo(type).Min) with { Source = isVolatile && value == 0 ? RegState.LeftToLoader : "" };

    /// <summary>A local with the bytes of a constant in place of those that lie at an offset; null where they are not known.</summary>
    public static StackObject? CopyTo(StackObject target, long offset, UnitFacts unit, RegState source, long length)
    {
        if (source.HasVariableOffset || length > MostCopied || BytesOf(unit, source, out var isVolatile) is not { } bytes || isVolatile) return null;
        for (var (done, size) = (0L, 8L); done < length; done += size)
        {
            while (size > length - done) size /= 2;
            if (Read(bytes, source.Offset + done, size) is not { } number) return null;
            target = target.Put(offset + done, new(SlotKind.Spill, size) { Value = RegState.Const(number) });
        }

        return target;
    }

    private static EquatableArray<byte>? BytesOf(UnitFacts unit, RegState pointer, out bool isVolatile)
    {
        isVolatile = false;
        if (pointer.Literal is { } literal) return literal.Bytes;
        if (pointer.Type != RegType.PtrToMapValue || pointer.Map is not null || !pointer.Is(TypeFlags.MemRdonly) || !unit.Globals.TryGetValue(pointer.Object, out var global)) return null;
        isVolatile = global.IsVolatile;
        return global.InitialBytes;
    }

    /// <summary>A number of so many bytes, read unsigned.</summary>
    private static long? Read(EquatableArray<byte> bytes, long offset, long size)
    {
        if (offset < 0 || offset + size > bytes.Count) return null;
        ulong value = 0;
        for (var i = (int)size - 1; i >= 0; i--) value = value << 8 | bytes[(int)offset + i];
        return (long)value;
    }
}
