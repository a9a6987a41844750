using KfuncLsp.Analysis.Engine;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A path ends inside an RCU section.</summary>
internal static class KF0305MissingRcuUnlock
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0305", "missing-rcu-unlock", "A path ends inside an RCU section", "rcu-unlock-missing-at-exit");

    public static void AtExit(Site site, string prefix)
    {
        if (site.State.RcuLocks == 0) return;
        site.Report(Rule, "an RCU section is still open here; call `bpf_rcu_read_unlock()` before leaving", "rcu-unlock-missing-at-exit", ExitMessages.Of(site, "rcu-unlock-missing-at-exit", prefix));
    }
}
