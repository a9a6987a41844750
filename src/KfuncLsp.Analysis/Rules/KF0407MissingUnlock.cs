using KfuncLsp.Analysis.Engine;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A path ends with a lock held.</summary>
internal static class KF0407MissingUnlock
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0407", "missing-unlock", "A path ends with a lock held", "lock-held-at-exit");

    public static void AtExit(Site site, string prefix)
    {
        if (site.State.IsLockUnknown || site.State.HeldLock() is not { } held) return;
        site.Report(Rule, "a lock is still held here; unlock it before leaving", "lock-held-at-exit", ExitMessages.Of(site, "lock-held-at-exit", prefix), site.TraceFrom(held, "leaves here"));
    }
}
