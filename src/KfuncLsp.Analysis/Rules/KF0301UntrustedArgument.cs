using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An object whose lifetime nobody guarantees is passed to a kfunc that needs it alive.</summary>
internal static class KF0301UntrustedArgument
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0301", "untrusted-argument", "A kfunc needs a trusted pointer", "arg-not-trusted");

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (meta.Has(KfuncFlags.Rcu) || argument.Is(TypeFlags.TrustUnknown)) return false;
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        var advice = argument.Is(TypeFlags.MemRcu) || argument.Is(TypeFlags.MayBeRcu) ? "acquire a reference first" : "it was reached by walking or its owner is unknown";
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"`{name}` is not trusted here, as `{meta.Kfunc.Name}` needs; {advice}", "arg-not-trusted",
            site.Kernel("arg-not-trusted", null, site.RegisterName(parameter.Index)), null, ("kfunc", meta.Kfunc.Name), ("variable", name));
        return true;
    }
}
