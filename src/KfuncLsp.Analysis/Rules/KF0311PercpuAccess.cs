using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An object that every CPU has its own of is used as if there were one.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_ptr_to_btf_access, check_reg_type. Members of kernel structs are none of it: whether they are per CPU, the kernel's BTF need not tell.</remarks>
internal static class KF0311PercpuAccess
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0311", "percpu-access", "A per-CPU object is reached through bpf_this_cpu_ptr or bpf_per_cpu_ptr", "btf-walk-untrusted-mem");

    public static bool IsBroken(Site site, Operand operand, RegState pointer)
    {
        if (!IsPercpu(pointer)) return false;
        var name = site.PointerNameOf(operand, "the object");
        site.Report(Rule, $"every CPU has its own `{name}`; ask `bpf_this_cpu_ptr` or `bpf_per_cpu_ptr` for one", "btf-walk-untrusted-mem",
            site.Kernel("btf-walk-untrusted-mem", "percpu memory", KF0308ObjectOffset.Register(site), pointer.Struct, pointer.Offset), null, ("variable", name));
        return true;
    }

    /// <summary>Those two helpers take what a map holds, not what is still the program's own.</summary>
    public static bool IsBrokenByHelper(Site site, Call call, int index, string wanted, RegState argument)
    {
        if (!argument.Is(TypeFlags.MemAlloc) || !IsPercpu(argument) || argument.MayBeNull || !wanted.StartsWith("ARG_PTR_TO_PERCPU_BTF_ID", StringComparison.Ordinal)) return false;
        var name = site.NameOf(call.Arguments[index], "the object");
        site.At(call.SpanOf(index)).Report(Rule, $"`{name}` is not in a map yet; `{call.HelperName}` takes what is read from one", "",
            $"R{index + 1} type={RegNames.Of(argument)} expected={RegNames.ExpectedBy(site, wanted)}", null, ("variable", name));
        return true;
    }

    private static bool IsPercpu(RegState pointer) => pointer.IsObject && pointer.Is(TypeFlags.MemPercpu) && pointer.Is(TypeFlags.MemAlloc | TypeFlags.MemRcu);
}
