using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Registry;
using KfuncLsp.Registry.History;

namespace KfuncLsp.Workspace.Checking;

/// <summary>Which kernels can take a program, by the verdict of every model.</summary>
/// <remarks>
/// Shape: <see cref="Accepting"/>, <see cref="Open"/> and the kernels of <see cref="Barriers"/> are together all models, oldest first.
/// <see cref="Since"/> is the answer: the date of what was missing in the kernel before, else the oldest model that accepts; null where none does.
/// </remarks>
public sealed record KernelFloor(string Program, string Section, ImmutableArray<KernelVersion> Accepting, ImmutableArray<KernelVersion> Open, ImmutableArray<KernelBarrier> Barriers)
{
    public KernelVersion? Since { get; init; }

    /// <summary>The oldest model accepts it already: an older kernel might.</summary>
    public bool IsOldestModel { get; init; }

    /// <summary>What keeps kernels before the first that accepts from taking it; all of them where none accepts.</summary>
    public IEnumerable<KernelBarrier> Raising => Accepting.IsEmpty ? Barriers : Barriers.Where(b => b.IsOlder);

    /// <summary>What keeps kernels after the first that accepts from taking it.</summary>
    public IEnumerable<KernelBarrier> Ending => Accepting.IsEmpty ? [] : Barriers.Where(b => !b.IsOlder);
}

/// <summary>A kernel that rejects a program, and everything it would say. <see cref="IsOlder"/>: it is before the first that accepts.</summary>
public sealed record KernelBarrier(KernelVersion Kernel, bool IsOlder, ImmutableArray<MergedFinding> Reasons);

/// <summary>Finds the floor of every program of a file that was judged for all models.</summary>
public static class KernelFloors
{
    /// <summary>Shape: a file checked for <paramref name="models"/>, oldest first → one floor a program, in source order.</summary>
    public static ImmutableArray<KernelFloor> Of(CheckedFile check, IReadOnlyList<KernelModel> models)
    {
        var reports = models.Select(m => check.Reports.Single(r => r.Kernel == m.Version)).ToArray();
        return [.. reports[^1].Programs.Select(p => Of(p, check, models, reports))];
    }

    private static KernelFloor Of(ProgramReport program, CheckedFile check, IReadOnlyList<KernelModel> models, UnitReport[] reports)
    {
        var verdicts = models.Select((m, i) => (Model: m, Reasons: Errors(check, program, m.Version), Report: reports[i].Programs.FirstOrDefault(p => p.Name == program.Name && p.Section == program.Section))).ToArray();
        var first = Array.FindIndex(verdicts, v => v.Report?.Verdict == Verdict.Accepted && v.Reasons.IsEmpty);
        var floor = new KernelFloor(program.Name, program.Section,
            [.. verdicts.Where(v => v.Report?.Verdict == Verdict.Accepted && v.Reasons.IsEmpty).Select(v => v.Model.Version)],
            [.. verdicts.Where(v => v.Report?.Verdict != Verdict.Accepted && v.Reasons.IsEmpty).Select(v => v.Model.Version)],
            [.. verdicts.Select((v, i) => (v, i)).Where(x => !x.v.Reasons.IsEmpty).Select(x => new KernelBarrier(x.v.Model.Version, first < 0 || x.i < first, x.v.Reasons))]);
        return first < 0 ? floor : floor with
        {
            IsOldestModel = first == 0,
            Since = first == 0 ? models[0].Version : Dated(verdicts[first - 1].Reasons, models[first], models[first - 1].Version) ?? models[first].Version,
        };
    }

    /// <summary>When everything came that the kernel before lacks, if lacking is all that is wrong there.</summary>
    private static KernelVersion? Dated(ImmutableArray<MergedFinding> reasons, KernelModel accepting, KernelVersion before)
    {
        var missing = reasons.Select(LacksKfunc).ToList();
        return missing.Count == 0 || missing.Contains(null) ? null : KfuncDating.ArrivalOf(missing.OfType<string>(), accepting, before);
    }

    /// <summary>The kfunc that a finding says the kernel lacks; null for other findings.</summary>
    public static string? LacksKfunc(MergedFinding finding) =>
        finding.Finding.Condition == "kfunc-dead-call-not-removed" ? finding.Finding.Facts.GetValueOrDefault("kfunc") : null;

    private static ImmutableArray<MergedFinding> Errors(CheckedFile check, ProgramReport program, KernelVersion kernel) =>
        [.. check.Findings.Where(f => f.Finding.Severity == Severity.Error && f.Kernels.Contains(kernel) && (f.Programs.IsEmpty || f.Programs.Contains(program.Name)))];
}
