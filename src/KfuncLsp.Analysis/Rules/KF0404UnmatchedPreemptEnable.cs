using KfuncLsp.Analysis.Engine;

namespace KfuncLsp.Analysis.Rules;

/// <summary>Preemption is enabled though it was not disabled.</summary>
internal static class KF0404UnmatchedPreemptEnable
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0404", "unmatched-preempt-enable", "bpf_preempt_enable without bpf_preempt_disable", "preempt-enable-unmatched");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (site.State.PreemptLocks > 0) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, "preemption is not disabled on this path", "preempt-enable-unmatched", site.Kernel("preempt-enable-unmatched", null, meta.Kfunc.Name));
        return true;
    }
}
