using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kfunc that the target kernel does not have.</summary>
internal static class KF0702MissingKfunc
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0702", "missing-kfunc", "The target kernel does not have a kfunc", "kfunc-dead-call-not-removed");

    public static bool IsBroken(Site site, Call call, ExternFunction external)
    {
        if (KernelPresence.Has(site.Program, external) != false) return false;
        var message = external.IsWeak
            ? $"{site.Model.Version} has no `{external.Name}`; guard the call with `bpf_ksym_exists({external.Name})`"
            : $"{site.Model.Version} has no `{external.Name}`; declare it `__weak` and guard the call";
        site.At(call.CalleeSpan).Report(Rule, message, "kfunc-dead-call-not-removed", external.IsWeak
            ? $"kfunc '{external.Name}' is referenced but wasn't resolved" : $"extern (func ksym) '{external.Name}': not found in kernel or module BTFs", null, ("kfunc", external.Name));
        return true;
    }
}
