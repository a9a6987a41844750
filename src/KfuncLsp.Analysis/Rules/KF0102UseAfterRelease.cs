using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A dereference through a pointer whose object was given away.</summary>
internal static class KF0102UseAfterRelease
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0102", "use-after-release", "A pointer is used after its object was released", "deref-nullable-or-scalar");

    public static bool IsBroken(Site site, Operand operand, RegState pointer)
    {
        if (!pointer.IsScalar || pointer.Lost is not (LostPointer.Released or LostPointer.Unlocked or LostPointer.DynptrGone)) return false;
        var name = site.PointerNameOf(operand, "the pointer");
        site.Report(Rule, Message(name, pointer), "deref-nullable-or-scalar", site.Kernel("deref-nullable-or-scalar", "invalid mem access", "…", "scalar"), null, ("variable", name));
        return true;
    }

    public static string Message(string name, RegState pointer) => pointer.Lost switch
    {
        LostPointer.Unlocked => $"`{name}` is no longer valid here: the lock that protected it was released",
        LostPointer.DynptrGone => $"`{name}` is no longer valid here: its data moved or its dynptr was overwritten",
        _ when pointer.Source == "bpf_kptr_xchg" => $"`{name}` is no longer valid here: `bpf_kptr_xchg` moved it into the map",
        _ => $"`{name}` is used after `{pointer.Source}` released it",
    };
}
