using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
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

    /// <summary>A helper takes no object that nobody keeps alive, and as memory only one that is surely alive.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_reg_type.</remarks>
    public static bool IsBrokenByHelper(Site site, Call call, int index, string wanted, RegState argument)
    {
        if (!site.Traits.HasTrustedPointers || !argument.IsObject || argument.Is(TypeFlags.TrustUnknown | TypeFlags.StructUnknown | TypeFlags.PtrTrusted | TypeFlags.MemAlloc | TypeFlags.MemUser | TypeFlags.MemPercpu)) return false;
        if (RegNames.ExpectedBy(site, wanted) is not { } expected || !(argument.Is(TypeFlags.PtrUntrusted) || RegNames.IsMemory(wanted))) return false;
        var (name, helper) = (site.NameOf(call.Arguments[index], "the argument"), call.HelperName);
        site.At(call.SpanOf(index)).Report(Rule, $"`{name}` is not trusted here, as `{helper}` needs; it was reached by walking or its owner is unknown", "",
            $"R{index + 1} type={RegNames.Of(argument)} expected={expected}", null, ("variable", name));
        return true;
    }
}
