using KfuncLsp.Analysis.Engine;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kfunc that the loader has no right to.</summary>
internal static class KF0706MissingCapability
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0706", "missing-capability", "The loader lacks a capability", "kfunc-destructive-cap", "kfunc-perfmon-cap");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        var options = site.Program.Options;
        var condition = meta.Has(KfuncFlags.Destructive) && !options.CapSysBoot ? "kfunc-destructive-cap"
            : meta.Has(KfuncFlags.Perfmon) && !options.CapPerfmon ? "kfunc-perfmon-cap" : null;
        if (condition is null) return false;
        var capability = condition == "kfunc-destructive-cap" ? "CAP_SYS_BOOT" : "CAP_PERFMON";
        site.At(meta.Call.CalleeSpan).Report(Rule, $"`{meta.Kfunc.Name}` needs {capability}", condition, site.Kernel(condition, null, meta.Kfunc.Name));
        return true;
    }
}
