using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Registry.History;
using KfuncLsp.Workspace.Caching;

namespace KfuncLsp.Workspace.Checking;

/// <summary>Which kernels can take a program, by the verdict of every model.</summary>
/// <remarks>
/// Shape: <see cref="Accepting"/>, <see cref="Open"/> and the kernels of <see cref="Barriers"/> are together all models, oldest first.
/// <see cref="Since"/> is the answer: the date of what was missing in the model before, else the oldest model that accepts; null where none does.
/// <see cref="Missing"/> are the kfuncs that the model before lacks and that cannot be done without.
/// </remarks>
public sealed record KernelFloor(string Program, string Section, ImmutableArray<KernelVersion> Accepting, ImmutableArray<KernelVersion> Open, ImmutableArray<KernelBarrier> Barriers)
{
    public KernelVersion? Since { get; init; }

    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>The model before, which lacks them; null where there is none.</summary>
    public KernelVersion? MissingIn { get; init; }

    /// <summary>The answer comes from dates of kfuncs and lies before the oldest kernel that was judged to accept.</summary>
    public bool IsDated => Since is { } since && since != Accepting[0];

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
        if (first < 0) return floor;
        if (first == 0) return floor with { IsOldestModel = true, Since = models[0].Version };
        var missing = Missing(check.Unit, verdicts[first].Report!, models[first - 1]).Union(verdicts[first - 1].Reasons.Select(LacksKfunc).OfType<string>()).ToImmutableArray();
        var onlyMissing = !verdicts[first - 1].Reasons.IsEmpty && verdicts[first - 1].Reasons.All(r => LacksKfunc(r) is not null);
        return floor with
        {
            Missing = missing,
            MissingIn = models[first - 1].Version,
            Since = (onlyMissing ? KfuncDating.ArrivalOf(missing, models[first], models[first - 1].Version) : null) ?? models[first].Version,
        };
    }

    /// <summary>The kfuncs that a program calls, not weak, and a kernel lacks: the verifier tells only the first of them.</summary>
    private static IEnumerable<string> Missing(UnitIr unit, ProgramReport program, KernelModel model)
    {
        var called = unit.Functions.Where(f => program.Reaches.Contains(f.Name)).SelectMany(f => FunctionReferences.Of(f).Functions).ToHashSet(StringComparer.Ordinal);
        return unit.Externs.Where(e => e.IsKsym && !e.IsWeak && called.Contains(e.Name) && model.FindKfunc(e.Name) is null).Select(e => e.Name);
    }

    /// <summary>The kfunc that a finding says the kernel lacks; null for other findings.</summary>
    public static string? LacksKfunc(MergedFinding finding) =>
        finding.Finding.Condition == "kfunc-dead-call-not-removed" ? finding.Finding.Facts.GetValueOrDefault("kfunc") : null;

    private static ImmutableArray<MergedFinding> Errors(CheckedFile check, ProgramReport program, KernelVersion kernel) =>
        [.. check.Findings.Where(f => f.Finding.Severity == Severity.Error && f.Kernels.Contains(kernel) && (f.Programs.IsEmpty || f.Programs.Contains(program.Name)))];
}
