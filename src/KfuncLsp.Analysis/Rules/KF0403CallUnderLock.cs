using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A call that is not allowed while a spin lock is held.</summary>
internal static class KF0403CallUnderLock
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0403", "call-under-lock", "A call while a lock is held", "call-while-locked");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (Held(site) is not { } held || site.Traits.KfuncsUnderLock.Contains(meta.Kfunc.Name) || meta.Has(KfuncFlags.SpinlockSafe)) return false;
        return Report(site, meta.Call, held, meta.Kfunc.Name);
    }

    public static bool IsBrokenByHelper(Site site, Call call, string helper)
    {
        if (Held(site) is not { } held || helper.Length == 0 || site.Traits.HelpersUnderLock.Contains(helper)) return false;
        if (helper is "bpf_spin_unlock" or "bpf_tail_call" || (helper == "bpf_spin_lock" && held.Kind == ReferenceKind.Lock)) return false;
        return Report(site, call, held, helper);
    }

    private static ReferenceState? Held(Site site) => site.State.IsLockUnknown ? null : site.State.HeldLock();

    private static bool Report(Site site, Call call, ReferenceState held, string callee)
    {
        site.At(call.CalleeSpan).Report(Rule, $"`{callee}` cannot be called while a lock is held", "call-while-locked", site.Kernel("call-while-locked", null), [new("locked here", held.AcquiredAt)]);
        return true;
    }
}
