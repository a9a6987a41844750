using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A string argument that is not a constant string.</summary>
internal static class KF0803NotConstString
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0803", "not-const-string", "An argument must be a constant string", "arg-const-str");

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        if (argument.Type == RegType.PtrToMapValue)
        {
            if (argument.Is(TypeFlags.MemRdonly) || argument.Map is not null) return false;
            place.Report(Rule, $"`{parameter.Name}` must be a string literal or a `const` string", "arg-const-str", site.Kernel("arg-const-str", "readonly map", site.RegisterName(parameter.Index)));
            return true;
        }

        if (argument.Type is not (RegType.PtrToStack or RegType.PtrToMem or RegType.PtrToBtfId)) return false;
        place.Report(Rule, $"`{parameter.Name}` must be a string literal or a `const` string", "arg-const-str", site.Kernel("arg-const-str", "doesn't point to a const string", site.ArgumentName(parameter.Index)));
        return true;
    }
}
