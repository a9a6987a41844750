using KfuncLsp.Analysis.Engine;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An RCU section inside another, on kernels that do not count them.</summary>
internal static class KF0304NestedRcuLock
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0304", "nested-rcu-lock", "bpf_rcu_read_lock inside an RCU section", "rcu-lock-nested");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (site.State.RcuLocks == 0 || site.Traits.RcuLockNests) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, "an RCU section is already open here; this kernel does not nest them", "rcu-lock-nested", site.Kernel("rcu-lock-nested", null, meta.Kfunc.Name));
        return true;
    }
}
