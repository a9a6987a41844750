using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kernel object is accessed where the verifier cannot name a member.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_ptr_to_btf_access. Sizes of kernel structs differ between builds, so its end is not judged.</remarks>
internal static class KF0308ObjectOffset
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0308", "object-offset", "Objects are accessed at constant offsets, from their start on", "btf-walk-offset", "arg-ctx-modified");

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

    /// <summary>A helper or kfunc is given a slice of a dynptr from inside on, not from its start.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_func_arg_reg_off; the type of a slice has a flag that the list there lacks.</remarks>
    public static bool IsInsideSlice(Site site, Span span, int index, RegState argument)
    {
        if (argument is not { Type: RegType.PtrToMem, LenderId: not 0, MayBeNull: false, Source: "skb" or "xdp" or "local" or "ringbuf" or "skb_meta" }) return false;
        if (argument.HasVariableOffset ? !argument.IsSurelyVariable : argument.Offset == 0) return false;
        const string Condition = "arg-ctx-modified";
        var kernel = argument.HasVariableOffset ? site.Kernel(Condition, "variable", RegNames.Of(argument))
            : site.Kernel(Condition, argument.Offset < 0 ? "negative offset" : "dereference of modified", RegNames.Of(argument), site.RegisterName(index), argument.Offset);
        site.At(span).Report(Rule, "a slice of a dynptr is passed on from its start only; make another slice that begins here", Condition, kernel);
        return true;
    }

    /// <summary>The register in messages that name one, of which only the compiler knows the number.</summary>
    public static string? Register(Site site) => site.Traits.ArgumentsAreRegisters ? "R…" : null;
}
