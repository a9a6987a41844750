using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kfunc that is called without a <c>__ksym</c> declaration.</summary>
internal static class KF0703UndeclaredKfunc
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0703", "undeclared-kfunc", "A kfunc is not declared with __ksym");

    public static bool IsBroken(Site site, Call call, ExternFunction external)
    {
        if (external.IsKsym) return false;
        if (site.Model.FindKfunc(external.Name) is null && !KernelPresence.IsKnownElsewhere(external.Name)) return false;
        var message = external.IsImplicit
            ? $"`{external.Name}` is not declared; add `extern … {external.Name}(…) __ksym;`"
            : $"`{external.Name}` is declared without `__ksym`; the loader cannot find it";
        site.At(call.CalleeSpan).Report(Rule, message, "", external.IsImplicit ? $"call to undeclared function '{external.Name}'" : $"failed to find BTF info for global/extern symbol '{external.Name}'", null, ("kfunc", external.Name));
        return true;
    }
}
