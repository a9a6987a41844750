using KfuncLsp.Analysis.Engine;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A path ends with interrupts disabled.</summary>
internal static class KF0412MissingIrqRestore
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0412", "missing-irq-restore", "A path ends with interrupts disabled", "irq-restore-missing-at-exit");

    public static void AtExit(Site site, string prefix)
    {
        var saved = site.State.References.LastOrDefault(r => r.Kind == State.ReferenceKind.Irq && !r.IsEscaped);
        if (saved is null) return;
        site.Report(Rule, "interrupts are still disabled here; restore the saved flag before leaving", "irq-restore-missing-at-exit",
            ExitMessages.Of(site, "irq-restore-missing-at-exit", prefix), site.TraceFrom(saved, "leaves here"));
    }
}
