using KfuncLsp.Analysis.Engine;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kfunc that programs of this type may not call.</summary>
internal static class KF0701NotCallable
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0701", "not-callable", "A kfunc cannot be called from this kind of program", "kfunc-not-allowed");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (site.Program.Kind is not { } kind || site.Model.MayCall(meta.Kfunc, site.Program.CallContext) is { IsAllowed: true }) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, $"`{meta.Kfunc.Name}` cannot be called from {Describe(kind)} programs", "kfunc-not-allowed",
            site.Kernel("kfunc-not-allowed", null, meta.Kfunc.Name), null, ("kfunc", meta.Kfunc.Name));
        return true;
    }

    private static string Describe(ProgramKind kind) => kind.AttachType.Length > 0 ? $"{kind.Type}/{kind.AttachType}" : kind.Type.ToString();
}
