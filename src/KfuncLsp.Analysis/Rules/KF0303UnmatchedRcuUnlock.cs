using KfuncLsp.Analysis.Engine;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An RCU section is left that was not entered.</summary>
internal static class KF0303UnmatchedRcuUnlock
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0303", "unmatched-rcu-unlock", "bpf_rcu_read_unlock without bpf_rcu_read_lock", "rcu-unlock-unmatched");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (site.State.RcuLocks > 0) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, "no `bpf_rcu_read_lock` is open on this path", "rcu-unlock-unmatched", site.Kernel("rcu-unlock-unmatched", null, meta.Kfunc.Name));
        return true;
    }
}
