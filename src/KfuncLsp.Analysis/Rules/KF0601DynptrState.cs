using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A dynptr is used before it is made, or made where it cannot be.</summary>
internal static class KF0601DynptrState
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0601", "dynptr-state", "A dynptr is not in the state that a call needs",
        "dynptr-uninitialized", "dynptr-not-uninit", "dynptr-arg-not-dynptr", "dynptr-const-mutated");

    public static bool IsWrong(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        var register = site.ArgumentName(parameter.Index);
        if (argument.Type == RegType.ConstPtrToDynptr)
        {
            if (!parameter.IsUninit) return false;
            place.Report(Rule, "this dynptr belongs to the caller; it cannot be made anew", "dynptr-const-mutated", site.Kernel("dynptr-const-mutated", null, register));
            return true;
        }

        if (argument.Type != RegType.PtrToStack)
        {
            if (!argument.IsPointer) return false;
            place.Report(Rule, "a dynptr must be a local variable of the program", "dynptr-arg-not-dynptr", site.Kernel("dynptr-arg-not-dynptr", "to stack", register));
            return true;
        }

        var memory = MemoryTransfer.StackAt(site.State, argument);
        if (memory is null or { IsEscaped: true } || argument.HasVariableOffset) return false;
        if (parameter.IsUninit)
            return memory.SpecialIn(argument.Offset, DynptrTransfer.Size) is { } special && KF0602DynptrOverwrite.IsBroken(place, special);
        if (memory.At(argument.Offset) is { Kind: SlotKind.Dynptr }) return false;
        place.Report(Rule, "this dynptr is not initialised on this path", "dynptr-uninitialized", site.Kernel("dynptr-uninitialized", "Expected an initialized", register));
        return true;
    }
}
