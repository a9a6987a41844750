using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A write to memory that can only be read.</summary>
internal static class KF0604ReadOnlyWrite
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0604", "read-only-write", "Read-only memory is written", "write-rdonly");

    public static bool IsBroken(Site site, Store store, RegState pointer) =>
        pointer.IsSocket ? Report(site, store.Pointer, pointer, "a socket, which") : IsBrokenByAtomic(site, store.Pointer, pointer);

    /// <summary>An atomic instruction on memory that can only be read.</summary>
    public static bool IsBrokenByAtomic(Site site, Operand operand, RegState pointer) => IsReadOnlyMemory(pointer) && Report(site, operand, pointer, "memory that");

    /// <summary>A kfunc is lent memory, which it may write whatever its declaration says.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_mem_reg, check_kfunc_mem_size_reg, check_map_access_type.</remarks>
    public static bool IsBrokenByKfunc(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (!IsReadOnlyMemory(argument) && !IsConstant(argument)) return false;
        var (name, kfunc) = (site.NameOf(meta.Call.Arguments[parameter.Index], "the memory"), meta.Kfunc.Name);
        var (condition, kernel) = parameter.Class == KfuncArgClass.MemWithSize ? (KF0603OutOfBounds.PairCondition, KF0603OutOfBounds.PairMessage(site, parameter))
            : IsConstant(argument) ? ("", $"write into map forbidden, value_size=… off=… size={parameter.PointeeSize}")
            : ("write-rdonly", site.Kernel("write-rdonly", "cannot write into", site.RegisterName(parameter.Index), RegNames.Of(argument)));
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"`{name}` can only be read, and `{kfunc}` may write it", condition, kernel, null, ("kfunc", kfunc), ("variable", name));
        return true;
    }

    /// <summary>A helper writes to a variable that is frozen before the program is verified.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_helper_mem_access, check_map_access_type.</remarks>
    public static bool IsBrokenByHelper(Site site, Call call, int index, string wanted, RegState argument, long? size)
    {
        if (IsReadOnlyMemory(argument) && !argument.MayBeNull) return IsReadOnlyForMemory(site, call, index, wanted, argument);
        if (size is not > 0 || !IsConstant(argument) || argument.HasVariableOffset) return false;
        if (!wanted.Contains("UNINIT_MEM", StringComparison.Ordinal) && !wanted.Contains("MEM_WRITE", StringComparison.Ordinal)) return false;
        var (name, helper) = (site.NameOf(call.Arguments[index], "the memory"), call.HelperName);
        site.At(call.SpanOf(index)).Report(Rule, $"`{name}` can only be read, and `{helper}` writes it", "", $"write into map forbidden, value_size=… off=… size={size}", null, ("variable", name));
        return true;
    }

    /// <summary>A helper takes memory that it may write, as older kernels say of many that only read it.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_reg_type.</remarks>
    private static bool IsReadOnlyForMemory(Site site, Call call, int index, string wanted, RegState argument)
    {
        if (!RegNames.IsMemory(wanted) || (wanted.Contains("MEM_RDONLY", StringComparison.Ordinal) && !argument.Is(TypeFlags.PtrUntrusted))) return false;
        var (name, helper) = (site.NameOf(call.Arguments[index], "the memory"), call.HelperName);
        var why = argument.Is(TypeFlags.PtrUntrusted) ? $"`{helper}` takes memory that is surely there" : $"this kernel takes `{helper}` for one that may write it";
        site.At(call.SpanOf(index)).Report(Rule, $"`{name}` can only be read, and {why}", "",
            $"R{index + 1} type={RegNames.Of(argument)} expected={RegNames.ExpectedBy(site, wanted)}", null, ("variable", name));
        return true;
    }

    private static bool IsReadOnlyMemory(RegState pointer) => pointer.Type == RegType.PtrToMem && pointer.Is(TypeFlags.MemRdonly);

    /// <summary>A constant of the program, which lies in a map that is frozen.</summary>
    private static bool IsConstant(RegState pointer) => pointer is { Type: RegType.PtrToMapValue, Map: null } && pointer.Is(TypeFlags.MemRdonly);

    private static bool Report(Site site, Operand operand, RegState pointer, string what)
    {
        var name = site.NameOf(operand, "the memory");
        site.Report(Rule, $"`{name}` points to {what} can only be read", "write-rdonly", site.Kernel("write-rdonly", "cannot write into", "…", RegNames.Of(pointer)), null, ("variable", name));
        return true;
    }
}
