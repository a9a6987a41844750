using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A call that is allowed only inside an RCU section.</summary>
internal static class KF0306MissingRcuSection
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0306", "missing-rcu-section", "A call needs an RCU section", "kfunc-needs-rcu-region", "iter-needs-rcu-region");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (!site.Traits.RcuProtectedOnAllCalls || !meta.Has(KfuncFlags.RcuProtected) || Trust.InRcuSection(site)) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, $"`{meta.Kfunc.Name}` needs `bpf_rcu_read_lock()` around it in a sleepable program", "kfunc-needs-rcu-region",
            site.Kernel("kfunc-needs-rcu-region", null, meta.Kfunc.Name), null, ("kfunc", meta.Kfunc.Name));
        return true;
    }

    /// <summary>The same for an iterator that was made outside a section, or has outlived it.</summary>
    public static bool IsBrokenForIterator(Site site, KfuncCall meta, StackSlot iterator)
    {
        if ((iterator.Flags & TypeFlags.PtrUntrusted) == 0) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, $"this iterator needs an RCU section around its whole life", "iter-needs-rcu-region",
            site.Kernel("iter-needs-rcu-region", null, meta.Kfunc.Name), null, ("kfunc", meta.Kfunc.Name));
        IteratorTransfer.Repair(site.State, meta.Arguments[0], iterator);
        return true;
    }
}
