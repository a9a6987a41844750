using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A dynptr that owns a reference is overwritten.</summary>
internal static class KF0602DynptrOverwrite
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0602", "dynptr-overwrite", "A dynptr that owns a reference is overwritten", "dynptr-overwrite");

    public static bool IsBroken(Site site, StackSlot slot)
    {
        if (slot.Kind != SlotKind.Dynptr || slot.RefObjId == 0) return false;
        site.Report(Rule, "this dynptr still owns memory; submit or discard it before overwriting it", "dynptr-overwrite", site.Kernel("dynptr-overwrite", "cannot overwrite"));
        return true;
    }
}
