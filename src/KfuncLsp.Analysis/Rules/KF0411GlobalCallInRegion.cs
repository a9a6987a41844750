using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A global function is called where only static ones may be.</summary>
internal static class KF0411GlobalCallInRegion
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0411", "global-call-in-region", "A global function is called inside a region", "global-func-while-locked", "global-func-preempt-disabled");

    public static bool IsBroken(Site site, Call call, FunctionIr callee)
    {
        var place = site.At(call.CalleeSpan);
        if (!site.State.IsLockUnknown && site.State.HeldLock() is { } held)
            place.Report(Rule, $"`{callee.DisplayName}` is global; make it static to call it while a lock is held", "global-func-while-locked", site.Kernel("global-func-while-locked", null), [new("locked here", held.AcquiredAt)]);
        else if (site.State.PreemptLocks > 0 && !site.Traits.GlobalCallsInPreemptRegion)
            place.Report(Rule, $"`{callee.DisplayName}` is global; make it static to call it with preemption disabled", "global-func-preempt-disabled", site.Kernel("global-func-preempt-disabled", null));
        else return false;
        return true;
    }
}
