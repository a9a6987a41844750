using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kernel function that no model knows: what it does to the verifier's state cannot be told.</summary>
internal static class KF0704UnknownKsym
{
    public static readonly RuleInfo Rule = RuleInfo.Warning("KF0704", "unknown-ksym", "Nothing is known of a kernel function");

    public static bool IsBroken(Site site, Call call, ExternFunction external)
    {
        if (!external.IsKsym || site.Model.FindKfunc(external.Name) is not null || KernelPresence.Has(site.Program, external) == false) return false;
        site.At(call.CalleeSpan).Report(Rule, $"the flags of `{external.Name}` are not known; what it returns is not followed", "", "", null, ("kfunc", external.Name));
        return true;
    }
}
