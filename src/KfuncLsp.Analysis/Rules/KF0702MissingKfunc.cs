using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kfunc that the target kernel does not have.</summary>
internal static class KF0702MissingKfunc
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0702", "missing-kfunc", "The target kernel does not have a kfunc", "kfunc-dead-call-not-removed");

    public static bool IsBroken(Site site, Call call, ExternFunction external)
    {
        if (KernelPresence.Has(site.Program, external) != false) return false;
        var lacking = Lacking(site.Model, external.Name);
        var message = external.IsWeak
            ? $"{lacking}; guard the call with `bpf_ksym_exists({external.Name})`"
            : $"{lacking}; declare it `__weak` and guard {(lacking.EndsWith(')') ? "it" : "the call")}";
        site.At(call.CalleeSpan).Report(Rule, message, "kfunc-dead-call-not-removed", external.IsWeak
            ? $"kfunc '{external.Name}' is referenced but wasn't resolved" : $"extern (func ksym) '{external.Name}': not found in kernel or module BTFs", null, ("kfunc", external.Name));
        return true;
    }

    /// <summary>That the release has none, or that this one of its kernels was built without it, and by which option.</summary>
    private static string Lacking(KernelModel model, string name)
    {
        if (model.Built is not { } built || model.FindKfunc(name) is not { } kfunc || !built.Lacks(KernelModel.WithoutFlavour(name))) return $"{model.Version} has no `{name}`";
        return built.WhatItNeeds(kfunc) is { Length: > 0 } needs ? $"{built.Name} has no `{name}` (needs {needs})" : $"{built.Name} has no `{name}`";
    }
}
