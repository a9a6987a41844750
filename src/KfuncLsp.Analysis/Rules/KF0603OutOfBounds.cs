using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>Memory is accessed, or handed to a kfunc, beyond its end.</summary>
internal static class KF0603OutOfBounds
{
    private static readonly IntType s_length = new(64, IsSigned: false);

    public const string PairCondition = "arg-mem-len";

    public static readonly RuleInfo Rule = RuleInfo.Error("KF0603", "out-of-bounds", "Memory is used beyond its end", PairCondition, "btf-walk-field");

    public static void CheckAccess(Site site, RegState pointer, long size)
    {
        if (pointer.Type != RegType.PtrToMem || pointer.MemSize < 0 || pointer.HasVariableOffset || size <= 0) return;
        if (pointer.Offset >= 0 && pointer.Offset + size <= pointer.MemSize) return;
        site.Report(Rule, $"{size} bytes at offset {pointer.Offset} are beyond the {pointer.MemSize} bytes of `{pointer.Source}`", "",
            $"invalid access to memory, mem_size={pointer.MemSize} off={pointer.Offset} size={size}");
    }

    /// <summary>NULL, or memory that a kfunc gave and that is shorter than the constant size that a helper is given with it.</summary>
    public static bool IsTooShortForHelper(Site site, Call call, int index, string wanted, RegState argument, long? size)
    {
        if (!RegNames.IsMemory(wanted)) return false;
        if (size is > 0 && argument is { IsNull: true, IsLeftToLoader: false } && !site.Program.Unit.HasArena)
        {
            site.At(call.SpanOf(index)).Report(Rule, $"{size} bytes are asked for, but this is NULL", "", $"R{index + 1} type=scalar expected=fp");
            return true;
        }

        if (size is not { } length || argument.Type != RegType.PtrToMem || argument.MayBeNull || argument.HasVariableOffset || argument.MemSize < 0) return false;
        if (argument.Offset >= 0 && argument.Offset + length <= argument.MemSize) return false;
        site.At(call.SpanOf(index)).Report(Rule, $"{length} bytes are asked for, but only {Math.Max(0, argument.MemSize - argument.Offset)} are there", "",
            $"invalid access to memory, mem_size={argument.MemSize} off={argument.Offset} size={length}");
        return true;
    }

    /// <summary>A member of an object from <c>bpf_obj_new</c> that lies behind its end.</summary>
    /// <remarks>Source: kernel/bpf/btf.c, btf_struct_walk.</remarks>
    public static void CheckObjectAccess(Site site, RegState pointer, long size)
    {
        if (!pointer.IsObject || !pointer.Is(TypeFlags.MemAlloc) || pointer.HasVariableOffset || pointer.Offset < 0 || size <= 0) return;
        if (site.Program.Unit.FindStruct(pointer.Struct) is not { IsForward: false, IsComplete: true, Type.ByteSize: > 0 and var end, Fields: [.., { Type.Size: > 0 }] } || pointer.Offset + size <= end) return;
        site.Report(Rule, $"{size} bytes at offset {pointer.Offset} are beyond the {end} bytes of `struct {pointer.Struct}`", "btf-walk-field",
            site.Kernel("btf-walk-field", "access beyond struct", pointer.Struct, pointer.Offset, size));
    }

    /// <summary>A buffer shorter than the constant size that is passed with it.</summary>
    public static bool IsTooShort(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (parameter.SizeParameter is not { } sizeIndex || sizeIndex >= meta.Arguments.Length) return false;
        var place = site.At(meta.SpanOf(parameter.Index));
        if (argument.Is(TypeFlags.MemRdonly) && argument.Type is RegType.PtrToMapValue or RegType.PtrToMem) return false;
        var size = meta.Arguments[sizeIndex];
        if ((size.KnownSize ?? (size is { IsScalar: true, IsTight: true } ? size.Range.Max : null)) is not { } length) return IsTooShortForSome(site, meta, parameter, argument, size);
        if (IsNoMemory(site, parameter, argument, length))
        {
            Report(site, meta, parameter, $"{length} bytes are asked for, but this is {(argument.IsNull ? "NULL" : argument.IsScalar ? "only a number" : argument.Type == RegType.ConstPtrToMap ? "a map" : "the context")}");
            return true;
        }

        if (argument.HasVariableOffset || SizeOf(site, argument) is not { } available) return false;
        if (length >= 0 && argument.Offset >= 0 && argument.Offset + length <= available) return false;
        if (MemoryTransfer.StackAt(site.State, argument) is not null && length >= 0 && !(StackLayout.MostBytesFrom(site, argument) < length)
            && !StackLayout.ReachesNoPlainMemory(site, argument, length))
        {
            site.Program.GiveUp($"{length} bytes reach beyond the variable; whether they stay on the stack is the compiler's choice", place.Where);
            return false;
        }

        Report(site, meta, parameter, $"{length} bytes are asked for, but only {Math.Max(0, available - argument.Offset)} are there");
        return true;
    }

    /// <summary>A length that may be more than what is there: with one number that leads here it is, so that no bounds can be known that forbid it.</summary>
    private static bool IsTooShortForSome(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument, RegState size)
    {
        if (size is not { IsScalar: true, IsRuntimeValue: true, Lost: LostPointer.None, Term: { } term } || argument.HasVariableOffset || !PathWitness.IsComplete(term)) return false;
        var room = MemoryTransfer.StackAt(site.State, argument) is not null ? StackLayout.MostBytesFrom(site, argument) : SizeOf(site, argument) - argument.Offset;
        if (room is not >= 0 || (size.Range.Min >= 0 && size.Range.Max <= room) || !site.Program.MayBe(new(BinaryOp.Gt, term, Term.Of(room.Value), s_length, site.State.Conditions))) return false;
        Report(site, meta, parameter, $"the length may be more than the {room} bytes that are there; limit it first");
        return true;
    }

    /// <summary>NULL where bytes are wanted, and a context that is read through its fields only.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_helper_mem_access.</remarks>
    private static bool IsNoMemory(Site site, KfuncParameter parameter, RegState argument, long length) =>
        (argument is { IsNull: true, Lost: LostPointer.None } && !parameter.IsNullable && length > 0) || argument.Type == RegType.ConstPtrToMap || IsNumber(site, argument) || (argument.Type == RegType.PtrToCtx && IsNoContext(site, length));

    /// <summary>Whether something is surely a number that is no NULL, nor an address in an arena.</summary>
    public static bool IsNumber(Site site, RegState argument) =>
        argument is { IsScalar: true, IsNull: false, Range.IsConst: true, Lost: LostPointer.None, IsLeftToLoader: false } && !site.Program.Unit.HasArena;

    /// <summary>Whether so many bytes of the context are lent by no kernel: a kfunc may write what it is given. Of none older kernels only ask where they rewrite accesses.</summary>
    private static bool IsNoContext(Site site, long length) =>
        site.Program.Kind is { Type: not (ProgramType.Syscall or ProgramType.Ext or ProgramType.StructOps or ProgramType.Unspec) and var type }
        && (length > 0 || site.Traits.LendsSyscallContextOnly
            || type is ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Xdp or ProgramType.SocketFilter or ProgramType.CgroupSkb);

    private static void Report(Site site, KfuncCall meta, KfuncParameter parameter, string message) =>
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, message, PairCondition, PairMessage(site, parameter));

    /// <summary>What the kernel says in the end of memory that it does not lend with its length, whatever it said before.</summary>
    public static string PairMessage(Site site, KfuncParameter parameter)
    {
        var size = parameter.SizeParameter ?? parameter.Index;
        return site.Traits.ArgumentsAreRegisters
            ? site.Kernel(PairCondition, "memory, len pair", site.ArgumentName(size))
            : site.Kernel(PairCondition, null, parameter.Index, size);
    }

    /// <summary>The bytes of the object that a pointer points into; null where not known.</summary>
    private static long? SizeOf(Site site, RegState argument)
    {
        if (MemoryTransfer.StackAt(site.State, argument) is not null)
        {
            var type = site.State.Frames[argument.Frame].Function.Locals[argument.LocalId].Type;
            return type.Size > 0 ? type.Size : null;
        }

        if (argument is { Type: RegType.PtrToMapValue, Map: null })
            return site.Program.Unit.Globals.TryGetValue(argument.Object, out var variable) ? SectionRoom.Of(site.Program.Unit.Globals.Values, variable.Section) : null;
        return argument.Type is RegType.PtrToMem or RegType.PtrToMapValue && argument.MemSize >= 0 ? argument.MemSize : null;
    }
}
