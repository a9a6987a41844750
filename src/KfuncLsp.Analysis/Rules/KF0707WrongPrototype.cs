using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A declaration that differs from the kernel's function.</summary>
internal static class KF0707WrongPrototype
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0707", "wrong-prototype", "A kfunc's declaration differs from the kernel's");

    public static bool IsBroken(Site site, Call call, ExternFunction external)
    {
        if (external.IsWeak || site.Model.FindKfunc(external.Name) is not { } kfunc || PrototypeMatch.Matches(external.Prototype, kfunc)) return false;
        site.At(call.CalleeSpan).Report(Rule, $"`{external.Name}` is declared differently than {site.Model.Version} defines it", "",
            $"extern (func ksym) '{external.Name}': func_proto incompatible with vmlinux", null, ("kfunc", external.Name));
        return true;
    }
}
