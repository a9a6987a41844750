using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>The program's context is needed, and something else is passed.</summary>
internal static class KF0804NotContext
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0804", "not-context", "An argument must be the program's context", "arg-not-ctx", "arg-ctx-modified");

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        if (argument.Type == RegType.PtrToCtx)
        {
            if (argument.HasVariableOffset) return false;
            if (argument.Offset == 0) return IsOfOtherType(site, meta, parameter);
            place.Report(Rule, "the context must be passed as it came, without an offset", "arg-ctx-modified",
                site.Kernel("arg-ctx-modified", argument.Offset < 0 ? "negative offset" : "dereference of modified", "ctx", site.RegisterName(parameter.Index), argument.Offset));
            return true;
        }

        if (!IsContextHere(site, parameter)) return argument.IsObject && KF0801WrongObject.IsUntrusted(site, meta, parameter, argument);
        if (!argument.IsPointer && !IsNumber(argument)) return false;
        place.Report(Rule, $"`{meta.Kfunc.Name}` takes the program's context here", "arg-not-ctx", site.Kernel("arg-not-ctx", "but got", site.ArgumentName(parameter.Index), RegNames.Of(argument)));
        return true;
    }

    /// <summary>The context of a program of this type, where a kfunc takes that of another type, or casts one that the kernel has no struct for.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, get_kfunc_ptr_arg_type and check_mem_reg; kernel/bpf/btf.c, get_kern_ctx_btf_id.</remarks>
    private static bool IsOfOtherType(Site site, KfuncCall meta, KfuncParameter parameter)
    {
        if (site.Program.Kind is not { } kind || kind.Type == ProgramType.Ext) return false;
        var place = site.At(meta.SpanOf(parameter.Index));
        if (meta.Name == "bpf_cast_to_kern_ctx" && HasNoKernelStruct(kind.Type))
        {
            place.Report(Rule, "the kernel has no struct of its own for the context of a program of this type", "", "kern ctx type id … is not a struct");
            return true;
        }

        if (parameter.PointeeStruct is not ("__sk_buff" or "xdp_md") || IsContextHere(site, parameter)) return false;
        var wanted = parameter.PointeeStruct;
        // A struct of numbers alone is memory, for which programs of some other types may lend their context.
        if (wanted == "xdp_md" && kind.Type is not (ProgramType.SchedCls or ProgramType.SchedAct)) return false;
        const string Type = "arg-mem-type", Register = "arg-not-btf-pointer";
        var (condition, kernel) = wanted == "xdp_md" ? ("", $"R{parameter.Index + 1} type=ctx expected=fp")
            : site.Kernel(Register, "is %s expected", site.RegisterName(parameter.Index), "ctx", "STRUCT", wanted) is { Length: > 0 } newer ? (Register, newer)
            : (Type, site.Kernel(Type, "scalar, or struct with scalar", parameter.Index, "STRUCT", wanted));
        place.Report(Rule, $"`{meta.Kfunc.Name}` takes a `struct {wanted}`, which is not the context of a program of this type", condition, kernel, null, ("kfunc", meta.Kfunc.Name));
        return true;
    }

    /// <summary>Source: include/linux/bpf_types.h.</summary>
    private static bool HasNoKernelStruct(ProgramType type) =>
        type is ProgramType.Tracing or ProgramType.RawTracepoint or ProgramType.RawTracepointWritable or ProgramType.Tracepoint or ProgramType.Syscall or ProgramType.Lsm or ProgramType.StructOps;

    /// <summary>A helper is given a place inside the context.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_func_arg_reg_off.</remarks>
    public static bool IsBrokenByHelper(Site site, Call call, int index, string wanted, RegState argument)
    {
        if (argument.Type == RegType.PtrToCtx && RegNames.IsMemory(wanted)) return IsContextForMemory(site, call, index, wanted, argument);
        if (!wanted.StartsWith("ARG_PTR_TO_CTX", StringComparison.Ordinal) || argument is not { Type: RegType.PtrToCtx, HasVariableOffset: false, Offset: not 0 }) return false;
        site.At(call.SpanOf(index)).Report(Rule, "the context must be passed as it came, without an offset", "arg-ctx-modified",
            site.Kernel("arg-ctx-modified", argument.Offset < 0 ? "negative offset" : "dereference of modified", "ctx", site.RegisterName(index), argument.Offset));
        return true;
    }

    /// <summary>The context is no plain memory; newer kernels lend that of syscall programs.</summary>
    private static bool IsContextForMemory(Site site, Call call, int index, string wanted, RegState argument)
    {
        if (site.Program.Kind is null or { Type: ProgramType.Syscall or ProgramType.Ext } || argument.MayBeNull) return false;
        var name = site.NameOf(call.Arguments[index], "the context");
        site.At(call.SpanOf(index)).Report(Rule, $"`{name}` is the context, which `{call.HelperName}` cannot take as plain memory; copy what is needed", "",
            $"R{index + 1} type=ctx expected={(site.Traits.ArgumentsAreRegisters ? "fp" : RegNames.ExpectedBy(site, wanted))}", null, ("variable", name));
        return true;
    }

    /// <summary>A place inside the context is lent to a kfunc as memory; newer kernels lend that of syscall programs.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_func_arg_reg_off.</remarks>
    public static bool IsPartForMemory(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var isConstant = !argument.HasVariableOffset;
        if (isConstant ? argument.Offset == 0 : !argument.IsSurelyVariable) return false;
        if (site.Program.Kind is null or { Type: ProgramType.Ext } || (site.Program.Kind.Type == ProgramType.Syscall && site.Traits.LendsSyscallContextOnly)) return false;
        var kernel = isConstant ? site.Kernel("arg-ctx-modified", argument.Offset < 0 ? "negative offset" : "dereference of modified", "ctx", site.RegisterName(parameter.Index), argument.Offset)
            : site.Kernel("arg-ctx-modified", "variable", "ctx");
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, "this lies inside the context, which is no plain memory; copy what is needed", "arg-ctx-modified", kernel);
        return true;
    }

    private static bool IsNumber(RegState argument) => argument is { IsScalar: true, Lost: LostPointer.None } && (argument.IsRuntimeValue || argument.Range.IsConst);

    /// <summary>Whether the parameter's type is the context of this program's type.</summary>
    private static bool IsContextHere(Site site, KfuncParameter parameter) =>
        site.Program.Kind is { } kind && site.Model.Contexts.TryGetValue(kind.Type, out var context) && parameter.PointeeStruct is { } pointee
        && (pointee == context.BpfName || pointee == context.KernelName);
}
