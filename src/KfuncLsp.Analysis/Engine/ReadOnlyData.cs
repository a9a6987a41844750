using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Loads from frozen <c>.rodata</c>, from string literals, which lie there, too, and from variables that nobody writes: compiler or verifier know the value.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, bpf_map_is_rdonly and bpf_map_direct_read in check_mem_access.</remarks>
internal static class ReadOnlyData
{
    /// <summary>Units: bytes. What is longer is not copied number by number.</summary>
    private const long MostCopied = 512;

    /// <summary>What a load of a constant gives; null where its bytes are not known.</summary>
    public static RegState? Load(Site site, RegState pointer, CType type)
    {
        if (BytesOf(site.Program.Unit, pointer, out var variable) is not { } bytes) return null;
        if (type is PointerType && AddressAt(site, variable, pointer.Offset) is { } address) return address;
        if (type is not (PointerType or IntType { Bits: > 0 and <= 64 }) || Read(bytes, variable, pointer.Offset, type.Size) is not { } value) return null;
        return RegState.Const(ScalarRange.Const(value).ConvertTo(type).Min) with { Source = variable?.IsVolatile == true && value == 0 ? RegState.LeftToLoader : "" };
    }

    /// <summary>What a load of a variable of the file alone gives that only ever holds numbers which stand in the file; null where it may hold any.</summary>
    /// <remarks>The compiler knows the range of them, and of two that there is nothing between.</remarks>
    public static RegState? LoadOfFew(Site site, RegState pointer, CType type)
    {
        if (pointer is not { Type: RegType.PtrToMapValue, Map: null, HasVariableOffset: false, Offset: 0 } || !site.Program.Unit.StoredNumbers.TryGetValue(pointer.Object, out var stored)) return null;
        if (site.Program.Unit.Globals[pointer.Object] is not { InitialBytes: { } bytes, Type: IntType whole } global || whole != type || Read(bytes, global, 0, type.Size) is not { } first) return null;
        var numbers = stored.Add(first).Select(n => ScalarRange.Const(n).ConvertTo(type).Min).Distinct().Order().ToArray();
        var value = RegState.Scalar(new(numbers[0], numbers[^1]));
        return numbers is [var least, var most] && least + 1 < most ? value with { Holes = Holes.None.With(new ScalarRange(least + 1, most - 1)) } : value;
    }

    /// <summary>A local with the bytes of a constant in place of those that lie at an offset; null where they are not known.</summary>
    public static StackObject? CopyTo(StackObject target, long offset, Site site, RegState source, long length)
    {
        if (source.HasVariableOffset || length > MostCopied || BytesOf(site.Program.Unit, source, out var variable) is not { } bytes || variable?.IsVolatile == true) return null;
        for (var (done, size) = (0L, 8L); done < length; done += size)
        {
            while (size > length - done) size /= 2;
            var value = Read(bytes, variable, source.Offset + done, size) is { } number ? RegState.Const(number) : size == 8 ? AddressAt(site, variable, source.Offset + done) : null;
            if (value is null) return null;
            target = target.Put(offset + done, new(SlotKind.Spill, size) { Value = value });
        }

        return target;
    }

    /// <summary>Whether a pointer leads into bytes that the compiler knows, and may tell from the choice of one what they all are.</summary>
    public static bool IsKnown(UnitFacts unit, RegState pointer) => BytesOf(unit, pointer, out var variable) is not null && variable?.IsVolatile != true;

    /// <summary>The address that a constant holds; null where there is none.</summary>
    private static RegState? AddressAt(Site site, GlobalVar? variable, long offset) =>
        variable is { IsVolatile: false } && variable.Addresses.FirstOrDefault(a => a.Offset == offset) is { } stored ? ValueTransfer.Evaluate(site.Program, site.State, stored.Target) : null;

    private static EquatableArray<byte>? BytesOf(UnitFacts unit, RegState pointer, out GlobalVar? variable)
    {
        variable = null;
        if (pointer.Literal is { } literal) return literal.Bytes;
        if (pointer.Type != RegType.PtrToMapValue || pointer.Map is not null || !unit.Globals.TryGetValue(pointer.Object, out var global)) return null;
        if (!pointer.Is(TypeFlags.MemRdonly) && unit.StoredNumbers.GetValueOrDefault(global.Name) is not { IsEmpty: true }) return null;
        variable = global;
        return global.InitialBytes;
    }

    /// <summary>A number of so many bytes, read unsigned; null where there is an address among them.</summary>
    private static long? Read(EquatableArray<byte> bytes, GlobalVar? variable, long offset, long size)
    {
        const int AddressSize = 8;
        if (offset < 0 || offset + size > bytes.Count) return null;
        foreach (var address in variable?.Addresses ?? [])
            if (address.Offset < offset + size && offset < address.Offset + AddressSize) return null;
        ulong value = 0;
        for (var i = (int)size - 1; i >= 0; i--) value = value << 8 | bytes[(int)offset + i];
        return (long)value;
    }
}
