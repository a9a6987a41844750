using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kernel object is accessed where the verifier cannot name a member.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_ptr_to_btf_access. Sizes of kernel structs differ between builds, so its end is not judged.</remarks>
internal static class KF0308ObjectOffset
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0308", "object-offset", "Objects are accessed at constant offsets, from their start on", "btf-walk-offset");

    public static bool IsBroken(Site site, Operand operand, RegState pointer)
    {
        if (!pointer.IsObject) return false;
        var name = site.PointerNameOf(operand, "the object");
        if (pointer.HasVariableOffset && pointer.IsSurelyVariable)
        {
            site.Report(Rule, $"the place in `{name}` is not constant; the verifier follows constant members only", "btf-walk-offset",
                site.Kernel("btf-walk-offset", "variable offset", Register(site), pointer.Struct, pointer.Offset), null, ("variable", name));
            return true;
        }

        if (pointer.HasVariableOffset || pointer.Offset >= 0) return false;
        site.Report(Rule, $"this lies {-pointer.Offset} bytes before the start of `{name}`", "btf-walk-offset",
            site.Kernel("btf-walk-offset", "negative access", Register(site), pointer.Struct, pointer.Offset), null, ("variable", name));
        return true;
    }

    private static string? Register(Site site) => site.Traits.ArgumentsAreRegisters ? "R…" : null;
}
