using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A sleepable function inside a section that must not sleep.</summary>
internal static class KF0402SleepableInCriticalSection
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0402", "sleepable-in-critical-section", "A sleepable call inside a critical section",
        "kfunc-sleepable-in-atomic-region", "helper-sleepable-in-atomic-region", "global-func-sleepable-in-atomic");

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

    /// <summary>The same for a global function: newer kernels see that something in it may sleep.</summary>
    /// <remarks>Source: kernel/bpf/cfg.c, mark_subprog_might_sleep; kernel/bpf/verifier.c, check_func_call.</remarks>
    public static bool IsBrokenByGlobal(Site site, Call call, FunctionIr callee)
    {
        const string Condition = "global-func-sleepable-in-atomic";
        if (!site.State.IsSleepable || Trust.AtomicRegion(site.State) is not { } region || !site.Traits.GlobalCallsInPreemptRegion || SleeperIn(site, callee) is not { } sleeper) return false;
        site.At(call.CalleeSpan).Report(Rule, $"`{callee.DisplayName}` may sleep, since it calls `{sleeper}`; move it out of the {region}", Condition, site.Kernel(Condition, null, callee.DisplayName, region));
        return true;
    }

    private static string? SleeperIn(Site site, FunctionIr callee)
    {
        var hook = site.Program.Kind is { } kind ? site.Model.HookOf(kind.Type) : null;
        foreach (var call in site.Program.Unit.CalledBy(callee).SelectMany(f => f.Blocks).SelectMany(b => b.Instructions).OfType<Call>())
        {
            if (call.Callee is HelperCallee helper && site.Model.Helpers.GetValueOrDefault(helper.Id) is { MightSleep: true } known) return known.Name;
            if (call.Callee is DirectCallee direct && site.Program.Unit.FindFunction(direct.Name) is null && site.Model.FindKfunc(direct.Name) is { } kfunc && (kfunc.FlagsOn(hook) & KfuncFlags.Sleepable) != 0) return direct.Name;
        }

        return null;
    }

    private static string Text(Site site, string condition, string region, params object?[] callee)
    {
        foreach (var format in site.Model.Messages.Formats(condition))
            if (format.Contains(region, StringComparison.Ordinal)) return site.Kernel(condition, format, callee);
        return site.Kernel(condition, null, [.. callee, region]);
    }
}
