using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An unlock of a lock that is not held, or not the newest.</summary>
internal static class KF0408UnmatchedUnlock
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0408", "unmatched-unlock", "An unlock without its lock", "unlock-without-lock", "unlock-different-lock", "unlock-out-of-order");

    /// <summary>The held lock that a call may release; null after a finding, or where it is not known.</summary>
    public static ReferenceState? Unlockable(Site site, Call call, RegState pointer, ReferenceKind kind, string by)
    {
        var place = site.At(call.CalleeSpan);
        var prefix = by.StartsWith("bpf_res", StringComparison.Ordinal) ? "bpf_res_spin" : "bpf_spin";
        var locks = site.State.References.Where(r => r.IsLock).ToArray();
        if (locks.Length == 0)
        {
            if (!site.State.IsLockUnknown)
                place.Report(Rule, "no lock is held on this path", "unlock-without-lock", site.Kernel("unlock-without-lock", null, prefix));
            return null;
        }

        if (site.State.IsLockUnknown || LockTransfer.Identify(site, pointer) is not { } identity) return locks[^1];
        var same = locks.LastOrDefault(r => r.Kind == kind && r.LockOf == identity.Of && r.LockId == identity.Id);
        if (same is null)
        {
            place.Report(Rule, "this is not the lock that is held", "unlock-different-lock", site.Kernel("unlock-different-lock", null, prefix), [new("locked here", locks[^1].AcquiredAt)]);
            return locks[^1];
        }

        if (same.Id != locks[^1].Id)
            place.Report(Rule, "a lock that was taken later must be released first", "unlock-out-of-order", site.Kernel("unlock-out-of-order", null, prefix), [new("locked here", locks[^1].AcquiredAt)]);
        return same;
    }
}
