using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kfunc that takes RCU pointers gets neither such a pointer nor a trusted one.</summary>
internal static class KF0302NotRcuPointer
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0302", "not-rcu-pointer", "A kfunc needs an RCU or trusted pointer", "arg-not-rcu");

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (!meta.Has(KfuncFlags.Rcu) || Trust.IsRcu(argument) || argument.Is(TypeFlags.TrustUnknown | TypeFlags.MayBeRcu)) return false;
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        var advice = argument.Is(TypeFlags.PtrUntrusted) ? "use it inside `bpf_rcu_read_lock()`" : "it was reached by walking an untracked pointer";
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"`{name}` is neither trusted nor RCU protected here; {advice}", "arg-not-rcu",
            site.Kernel("arg-not-rcu", null, site.RegisterName(parameter.Index)), null, ("kfunc", meta.Kfunc.Name), ("variable", name));
        return true;
    }
}
