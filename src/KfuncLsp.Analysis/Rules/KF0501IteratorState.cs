using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An iterator is used before it is made, or made twice, or does not live on the stack.</summary>
internal static class KF0501IteratorState
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0501", "iterator-state", "An iterator is not in the state that a call needs",
        "iter-uninitialized", "iter-not-uninit", "iter-not-stack", "iter-css-task-context");

    public static bool IsWrong(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        var register = site.ArgumentName(parameter.Index);
        if (meta.Kfunc.Name == "bpf_iter_css_task_new" && !AllowsCssTask(site))
        {
            place.Report(Rule, "`bpf_iter_css_task_new` is for LSM, iterator and sleepable programs only", "iter-css-task-context", site.Kernel("iter-css-task-context", null));
            return true;
        }

        if (argument.Type != RegType.PtrToStack)
        {
            place.Report(Rule, "an iterator must be a local variable of the program", "iter-not-stack", site.Kernel("iter-not-stack", null, register));
            return true;
        }

        var memory = MemoryTransfer.StackAt(site.State, argument);
        if (memory is null or { IsEscaped: true } || argument.HasVariableOffset) return false;
        var iterator = IteratorTransfer.At(site.State, argument);
        var name = IteratorTransfer.NameOf(meta.Kfunc);
        if (meta.Has(KfuncFlags.IterNew))
        {
            if (memory.SpecialIn(argument.Offset, 8) is null) return false;
            place.Report(Rule, "this iterator is still in use; destroy it first", "iter-not-uninit", site.Kernel("iter-not-uninit", null, name, register));
            return true;
        }

        if (iterator is null)
        {
            place.Report(Rule, $"no iterator was made here by `bpf_iter_{name}_new` on this path", "iter-uninitialized", site.Kernel("iter-uninitialized", null, name, register));
            return true;
        }

        return KF0306MissingRcuSection.IsBrokenForIterator(site, meta, iterator);
    }

    private static bool AllowsCssTask(Site site) =>
        site.Program.Kind is not { } kind || kind.Type is ProgramType.Lsm or ProgramType.Ext || kind.AttachType == "TRACE_ITER" || site.State.IsSleepable;
}
