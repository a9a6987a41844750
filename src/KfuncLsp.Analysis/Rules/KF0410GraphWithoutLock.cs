using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A list or tree is touched without its lock.</summary>
internal static class KF0410GraphWithoutLock
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0410", "graph-without-lock", "A list or tree is used without its lock", "graph-lock-not-held", "graph-root-arg");

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (site.State.IsLockUnknown || LockTransfer.Identify(site, argument) is not { } identity) return false;
        var held = site.State.References.LastOrDefault(r => r.IsLock);
        if (held is not null && held.LockOf == identity.Of && held.LockId == identity.Id) return false;
        var what = parameter.Class == KfuncArgClass.ListHead ? "bpf_list_head" : "bpf_rb_root";
        var place = site.At(meta.Call.CalleeSpan);
        if (held is null)
            place.Report(Rule, $"the lock of this {(what == "bpf_list_head" ? "list" : "tree")} must be held around `{meta.Kfunc.Name}`", "graph-lock-not-held", site.Kernel("graph-lock-not-held", "must be held", "…", what));
        else
            place.Report(Rule, "the lock that is held belongs to another map value or object", "graph-lock-not-held", site.Kernel("graph-lock-not-held", "same allocation"), [new("locked here", held.AcquiredAt)]);
        return true;
    }
}
