using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Loads from frozen <c>.rodata</c>: the verifier knows the value.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, bpf_map_is_rdonly and bpf_map_direct_read in check_mem_access.</remarks>
internal static class ReadOnlyData
{
    /// <summary>What a load at an offset of a constant gives; null where its bytes are not known.</summary>
    public static RegState? Load(GlobalVar global, long offset, CType type) =>
        Read(global, offset, type) is not { } value ? null
        : RegState.Const(value) with { Source = global.IsVolatile && value == 0 ? RegState.LeftToLoader : "" };

    private static long? Read(GlobalVar global, long offset, CType type)
    {
        if (global.InitialBytes is not { } bytes || type is not IntType { Bits: > 0 and <= 64 } integer) return null;
        if (offset < 0 || offset + integer.Size > bytes.Count) return null;
        ulong value = 0;
        for (var i = (int)integer.Size - 1; i >= 0; i--) value = value << 8 | bytes[(int)offset + i];
        return ScalarRange.Const((long)value).ConvertTo(type).Min;
    }
}
