using KfuncLsp.Analysis.Engine;
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
}
