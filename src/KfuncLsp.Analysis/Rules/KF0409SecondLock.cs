using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A lock is taken while another spin lock, or the same resource lock, is held.</summary>
internal static class KF0409SecondLock
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0409", "second-lock", "A second lock is taken", "spin-lock-twice", "res-lock-aa", "lock-in-rbtree-cb");

    public static bool IsBroken(Site site, Call call, ReferenceKind kind, (string Of, int Id) identity)
    {
        var place = site.At(call.CalleeSpan);
        foreach (var held in site.State.References)
        {
            if (!held.IsLock || site.State.IsLockUnknown) continue;
            if (kind == ReferenceKind.Lock && held.Kind == ReferenceKind.Lock)
            {
                place.Report(Rule, "another `bpf_spin_lock` is already held here", "spin-lock-twice", site.Kernel("spin-lock-twice", null), [new("locked here", held.AcquiredAt)]);
                return true;
            }

            if (kind != ReferenceKind.Lock && held.Kind != ReferenceKind.Lock && held.LockOf == identity.Of && held.LockId == identity.Id)
            {
                place.Report(Rule, "this lock is already held here", "res-lock-aa", site.Kernel("res-lock-aa", null), [new("locked here", held.AcquiredAt)]);
                return true;
            }
        }

        return false;
    }
}
