using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary><c>bpf_kptr_xchg</c> is given a pointer that the program does not own.</summary>
internal static class KF0807UnownedExchange
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0807", "unowned-exchange", "bpf_kptr_xchg takes NULL or an owned pointer", "release-helper-unreferenced");

    public static bool IsBroken(Site site, Call call, RegState value)
    {
        if (value.RefObjId != 0 || value.IsNull || value.IsUnknown || (value.IsScalar && value.Lost == LostPointer.None) || call.Arguments.Count < 2) return false;
        var name = site.NameOf(call.Arguments[1], "the pointer");
        var kernel = site.Traits.ReleaseIsFirstArgument
            ? site.Kernel("release-helper-unreferenced", "release helper", "bpf_kptr_xchg", site.RegisterName(1))
            : site.Kernel("release-helper-unreferenced", "must be referenced", site.RegisterName(1));
        var message = value.Lost == LostPointer.Released ? $"`{name}` was already given away by `{value.Source}`" : $"`{name}` is not owned here; acquire a reference before putting it into a map";
        site.At(call.CalleeSpan).Report(Rule, message, "release-helper-unreferenced", kernel, null, ("variable", name));
        return true;
    }
}
