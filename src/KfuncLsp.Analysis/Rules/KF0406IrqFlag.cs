using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>Saved interrupt flags: on the stack, saved once, restored in the opposite order by the same kind of call.</summary>
internal static class KF0406IrqFlag
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0406", "irq-flag", "A saved interrupt flag is misused",
        "irq-flag-not-stack", "irq-flag-initialized", "irq-flag-uninitialized", "irq-restore-order", "irq-restore-class");

    public static bool IsWrong(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        if (argument.Type != RegType.PtrToStack)
        {
            place.Report(Rule, "the flag must be a local variable of the program", "irq-flag-not-stack", site.Kernel("irq-flag-not-stack", null, site.ArgumentName(parameter.Index)));
            return true;
        }

        var memory = MemoryTransfer.StackAt(site.State, argument);
        if (memory is null or { IsEscaped: true } || argument.HasVariableOffset) return false;
        var isSaved = memory.At(argument.Offset) is { Kind: SlotKind.IrqFlag };
        var saves = meta.Kfunc.Name.EndsWith("save", StringComparison.Ordinal);
        if (saves == isSaved)
        {
            var condition = saves ? "irq-flag-initialized" : "irq-flag-uninitialized";
            place.Report(Rule, saves ? "this flag already holds a saved state" : "this flag holds no saved state on this path", condition, site.Kernel(condition, null, site.ArgumentName(parameter.Index)));
            return true;
        }

        return false;
    }

    /// <summary>As long as it holds what was saved, a flag is no number.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_stack_read_fixed_off. Units: bytes.</remarks>
    public static void CheckRead(Site site, StackObject memory, long offset, long size)
    {
        if (memory.SpecialIn(offset, size) is not { Kind: SlotKind.IrqFlag } flag) return;
        var saved = site.State.References.FirstOrDefault(r => r.Id == flag.RefObjId);
        site.Report(Rule, "what is saved of interrupts cannot be read until it is restored", "", $"invalid read from stack off …+{offset & 7} size {size}",
            saved is null ? null : [new("saved here", saved.AcquiredAt)]);
    }

    public static void CheckRestore(Site site, KfuncCall meta, StackSlot flag, string kind)
    {
        var place = site.At(meta.Call.CalleeSpan);
        if (flag.Name != kind)
        {
            place.Report(Rule, "this flag was saved by the other family of calls", "irq-restore-class", site.Kernel("irq-restore-class", null, flag.Name, kind));
            return;
        }

        var newest = site.State.References.LastOrDefault(r => r.Kind == ReferenceKind.Irq);
        if (newest is not null && newest.Id != flag.RefObjId)
            place.Report(Rule, "a flag that was saved later must be restored first", "irq-restore-order", site.Kernel("irq-restore-order", null, newest.Id, "…"), [new("saved here", newest.AcquiredAt)]);
    }
}
