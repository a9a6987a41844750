using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A sleepable function inside a section that must not sleep.</summary>
internal static class KF0402SleepableInCriticalSection
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0402", "sleepable-in-critical-section", "A sleepable call inside a critical section",
        "kfunc-sleepable-in-atomic-region", "helper-sleepable-in-atomic-region");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (!meta.Has(KfuncFlags.Sleepable) || !site.State.IsSleepable || Trust.AtomicRegion(site.State) is not { } region) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, $"`{meta.Kfunc.Name}` may sleep; move it out of the {region}", "kfunc-sleepable-in-atomic-region",
            Text(site, "kfunc-sleepable-in-atomic-region", region, meta.Kfunc.Name), null, ("kfunc", meta.Kfunc.Name));
        return true;
    }

    /// <summary>The same for a helper.</summary>
    public static bool IsBrokenByHelper(Site site, Call call, HelperSignature helper)
    {
        if (!helper.MightSleep || !site.State.IsSleepable || Trust.AtomicRegion(site.State) is not { } region) return false;
        site.At(call.CalleeSpan).Report(Rule, $"`{helper.Name}` may sleep; move it out of the {region}", "helper-sleepable-in-atomic-region",
            Text(site, "helper-sleepable-in-atomic-region", region, helper.Name, helper.Id));
        return true;
    }

    private static string Text(Site site, string condition, string region, params object?[] callee)
    {
        foreach (var format in site.Model.Messages.Formats(condition))
            if (format.Contains(region, StringComparison.Ordinal)) return site.Kernel(condition, format, callee);
        return site.Kernel(condition, null, [.. callee, region]);
    }
}
