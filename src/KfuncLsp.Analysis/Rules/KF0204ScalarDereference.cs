using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A number is used as a pointer.</summary>
/// <remarks>What is read from a map, a register or a kernel object as a number is one to the verifier too, whatever the program casts it to.</remarks>
internal static class KF0204ScalarDereference
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0204", "scalar-dereference", "A number is dereferenced", "deref-nullable-or-scalar");

    public static bool IsBroken(Site site, Operand operand, RegState pointer)
    {
        if (!pointer.IsScalar || pointer.Lost != LostPointer.None || !pointer.IsRuntimeValue || site.Program.Unit.HasArena) return false;
        var name = site.PointerNameOf(operand, "the value");
        site.Report(Rule, $"`{name}` is only a number to the verifier; read through `bpf_probe_read_kernel` or `BPF_CORE_READ`", "deref-nullable-or-scalar",
            site.Kernel("deref-nullable-or-scalar", "invalid mem access", "…", "scalar"), null, ("variable", name));
        return true;
    }
}
