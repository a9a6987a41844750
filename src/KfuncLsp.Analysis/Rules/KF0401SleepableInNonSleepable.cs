using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A sleepable function in a program that must not sleep.</summary>
internal static class KF0401SleepableInNonSleepable
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0401", "sleepable-in-non-sleepable", "A sleepable call in a program that must not sleep",
        "kfunc-sleepable-in-nonsleepable-prog", "helper-sleepable-in-nonsleepable-prog", "helper-sleepable-in-atomic-region");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (!meta.Has(KfuncFlags.Sleepable) || site.State.IsSleepable || site.Program.Kind is null or { Type: ProgramType.Ext }) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, $"`{meta.Kfunc.Name}` may sleep, but this program may not; use a sleepable section such as `lsm.s`", "kfunc-sleepable-in-nonsleepable-prog",
            site.Kernel("kfunc-sleepable-in-nonsleepable-prog", null, meta.Kfunc.Name), null, ("kfunc", meta.Kfunc.Name));
        return true;
    }

    /// <summary>The same for a helper.</summary>
    public static bool IsBrokenByHelper(Site site, Call call, HelperSignature helper)
    {
        if (!helper.MightSleep || site.State.IsSleepable || site.Program.Kind is null or { Type: ProgramType.Ext }) return false;
        var older = site.Kernel("helper-sleepable-in-nonsleepable-prog", null);
        site.At(call.CalleeSpan).Report(Rule, $"`{helper.Name}` may sleep, but this program may not; use a sleepable section such as `lsm.s`",
            older.Length > 0 ? "helper-sleepable-in-nonsleepable-prog" : "helper-sleepable-in-atomic-region",
            older.Length > 0 ? older : site.Kernel("helper-sleepable-in-atomic-region", null, helper.Name, helper.Id, "non-sleepable prog"));
        return true;
    }
}
