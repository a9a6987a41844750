using KfuncLsp.Analysis.Engine;
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
            Text(site, meta.Kfunc.Name, region), null, ("kfunc", meta.Kfunc.Name));
        return true;
    }

    private static string Text(Site site, string name, string region)
    {
        foreach (var format in site.Model.Messages.Formats("kfunc-sleepable-in-atomic-region"))
            if (format.Contains(region, StringComparison.Ordinal)) return site.Kernel("kfunc-sleepable-in-atomic-region", format, name);
        return site.Kernel("kfunc-sleepable-in-atomic-region", null, name, region);
    }
}
