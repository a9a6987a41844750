using KfuncLsp.Analysis.Engine;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A path ends with preemption disabled.</summary>
internal static class KF0405MissingPreemptEnable
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0405", "missing-preempt-enable", "A path ends with preemption disabled", "preempt-enable-missing-at-exit");

    public static void AtExit(Site site, string prefix)
    {
        if (site.State.PreemptLocks == 0) return;
        site.Report(Rule, "preemption is still disabled here; call `bpf_preempt_enable()` before leaving", "preempt-enable-missing-at-exit", ExitMessages.Of(site, "preempt-enable-missing-at-exit", prefix));
    }
}
