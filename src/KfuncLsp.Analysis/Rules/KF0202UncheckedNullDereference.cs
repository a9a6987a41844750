using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A dereference of a pointer that may be NULL.</summary>
internal static class KF0202UncheckedNullDereference
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0202", "unchecked-null-dereference", "A pointer that may be NULL is dereferenced", "deref-nullable-or-scalar");

    public static bool IsBroken(Site site, Operand operand, RegState pointer)
    {
        var isNull = pointer.IsScalar && pointer.Lost is LostPointer.KnownNull or LostPointer.MemberOfNull or LostPointer.RelocatedMemberOfNull;
        var isDrained = pointer.Lost == LostPointer.Drained;
        if (!pointer.MayBeNull && !isNull && !isDrained) return false;
        var name = site.PointerNameOf(operand, "the pointer");
        var message = isNull ? $"`{name}` is NULL on this path"
            : OtherName(site, operand, name) is { } other ? $"`{name}` goes through `{other}`, which may be NULL here; check `{other}` itself"
            : $"`{name}` may be NULL here; check it before using it";
        const string Condition = "deref-nullable-or-scalar";
        var kernel = site.Kernel(Condition, "invalid mem access", "…", isNull || isDrained ? "scalar" : RegNames.Of(pointer));
        // Assembly stays as it is; of C the compiler leaves out all that leads to a write through NULL.
        if (isNull && !site.State.Top.Function.IsRegister(operand)) site.Withhold(Rule, message, Condition, kernel, ("variable", name), ("source", pointer.Source));
        else site.Report(Rule, message, Condition, kernel, null, ("variable", name), ("source", pointer.Source));
        return true;
    }

    /// <summary>The name of the pointer that another was made from; null where they are one.</summary>
    private static string? OtherName(Site site, Operand operand, string name) =>
        UncheckedStep.Of(site.State, operand) is { Bytes: not 0, From: var local } && site.State.Top.Facts.Names[local] is { Length: > 0 } other && other != name ? other : null;
}
