using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>The address of a member is passed on though the pointer to its struct may be NULL.</summary>
internal static class KF0203UncheckedNullArithmetic
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0203", "unchecked-null-arithmetic", "A member's address is taken through a pointer that may be NULL", "ptr-arith");

    public static bool IsBroken(Site site, Call call, int index, RegState argument)
    {
        if (!argument.MayBeNull || (argument.Offset == argument.NullOffset && !argument.HasVariableOffset) || argument.IsSocket) return false;
        var name = site.NameOf(call.Arguments[index], "the pointer");
        site.At(call.SpanOf(index)).Report(Rule, $"`{name}` goes through a pointer that may be NULL; check the pointer first", "ptr-arith",
            site.Kernel("ptr-arith", "null-check it first", 0, RegNames.Of(argument)), null, ("variable", name), ("source", argument.Source));
        return true;
    }
}
