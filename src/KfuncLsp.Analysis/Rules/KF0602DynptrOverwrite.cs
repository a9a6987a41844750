using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A dynptr that owns a reference is overwritten.</summary>
internal static class KF0602DynptrOverwrite
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0602", "dynptr-overwrite", "A dynptr that owns a reference is overwritten", "dynptr-overwrite");

    public static bool IsBroken(Site site, StackSlot slot)
    {
        if (slot.Kind != SlotKind.Dynptr || slot.RefObjId == 0) return false;
        if (site.Traits.ClonedDynptrsMayBeOverwritten && DynptrTransfer.CountOf(site.State, slot.RefObjId) > 1) return false;
        site.Report(Rule, "this dynptr still owns memory; submit or discard it before overwriting it", "dynptr-overwrite", site.Kernel("dynptr-overwrite", "cannot overwrite"));
        return true;
    }

    /// <summary>A write of many bytes at once: memory is copied or filled.</summary>
    public static bool IsBrokenByBlock(Site site, RegState target, long? length)
    {
        if (MemoryTransfer.StackAt(site.State, target) is not { IsEscaped: false } memory || target.HasVariableOffset || length is not > 0) return false;
        foreach (var (start, slot) in memory.Slots)
            if (start < target.Offset + length && target.Offset < start + slot.Size && IsBroken(site, slot)) return true;
        return false;
    }

    /// <summary>A helper that fills memory may write into no dynptr at all, where this kernel looks at it byte by byte.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_stack_range_initialized.</remarks>
    public static bool IsBrokenByHelper(Site site, Span argument, RegState target, long? length)
    {
        if (MemoryTransfer.StackAt(site.State, target) is not { IsEscaped: false } memory || target.HasVariableOffset || length is not > 0) return false;
        if (memory.SpecialIn(target.Offset, length.Value) is not { Kind: SlotKind.Dynptr } slot) return false;
        var format = site.Model.Messages.Formats("dynptr-overwrite").FirstOrDefault(f => f.Contains("potential write", StringComparison.Ordinal));
        if (format is null) return IsBroken(site.At(argument), slot);
        site.At(argument).Report(Rule, "the call may write into this dynptr", "dynptr-overwrite", site.Kernel("dynptr-overwrite", "potential write", target.Offset));
        return true;
    }
}
