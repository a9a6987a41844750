using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Workspace.Features;

/// <summary>Where the newest text of a file stands.</summary>
public enum DocumentState : byte
{
    /// <summary>It is being parsed or judged.</summary>
    Checking,

    /// <summary>Its verdicts are known.</summary>
    Checked,

    /// <summary>It is left alone: <see cref="DocumentStatus.Reason"/> says why.</summary>
    NotChecked,

    /// <summary>A fault of ours ended its check.</summary>
    Failed,
}

/// <summary>What was analysed of an open file, and what was not and why.</summary>
/// <remarks>
/// Shape: all but <see cref="Version"/> is of the newest finished check, whose version is <see cref="CheckedVersion"/>; <see cref="CErrors"/> are the places that clang
/// refused. Units: times in milliseconds, the text in bytes.
/// </remarks>
public sealed record DocumentStatus(string Path, int Version, DocumentState State)
{
    public int? CheckedVersion { get; init; }
    public string? Reason { get; init; }
    public ImmutableArray<string> Kernels { get; init; } = [];
    public string? KernelsFrom { get; init; }
    public string? FlagsFrom { get; init; }
    public string? Configuration { get; init; }
    public ImmutableArray<ProgramStatus> Programs { get; init; } = [];
    public ImmutableArray<string> NotAnalysed { get; init; } = [];
    public int CErrors { get; init; }
    public int Findings { get; init; }
    public int ReportsMade { get; init; }
    public int ReportsFromCache { get; init; }
    public double SetupTime { get; init; }
    public double ParseTime { get; init; }
    public double JudgementTime { get; init; }
    public int TextBytes { get; init; }
    public int Functions { get; init; }
}

/// <summary>A program's verdict on each kernel, and why there is none where it is inconclusive.</summary>
public sealed record ProgramStatus(string Name, string Section, ImmutableSortedDictionary<string, string> Verdicts, ImmutableArray<string> Reasons);

/// <summary>Says of a file what the server did with it.</summary>
public static class StatusFeature
{
    public static DocumentStatus Of(FileSnapshot snapshot)
    {
        var (state, reason) = StateOf(snapshot);
        var status = new DocumentStatus(snapshot.Document.Path, snapshot.Document.Version, state)
        {
            Reason = reason, Configuration = snapshot.Configuration.File, TextBytes = snapshot.Document.Text.Length,
        };
        if (snapshot.Judged is not { } check) return status;
        return status with
        {
            CheckedVersion = check.Document.Version,
            Kernels = [.. check.Setup.Targets.Kernels.Select(k => k.Name)],
            KernelsFrom = check.Setup.Targets.Origin,
            FlagsFrom = check.Setup.Command.Origin,
            Programs = ProgramsOf(check),
            NotAnalysed = [.. check.File.Issues.Where(i => i.Kind != UnitIssueKind.CompileError).Select(i => i.Function is { } f ? $"{f}: {i.Message}" : i.Message).Distinct()],
            CErrors = check.File.Issues.Count(i => i.Kind == UnitIssueKind.CompileError),
            Findings = check.File.Findings.Length,
            ReportsMade = check.Cache.Misses,
            ReportsFromCache = check.Cache.Hits,
            SetupTime = check.Times.Setup.TotalMilliseconds,
            ParseTime = check.Times.Parse.TotalMilliseconds,
            JudgementTime = check.Times.Judge.TotalMilliseconds,
            Functions = check.Unit.Functions.Length,
        };
    }

    private static (DocumentState State, string? Reason) StateOf(FileSnapshot snapshot) =>
        snapshot.IsBeingChecked ? (DocumentState.Checking, null)
        : snapshot.Failure is { } failure ? (DocumentState.Failed, failure)
        : snapshot.Judged is not { } judged || judged.Document.Version != snapshot.Document.Version ? (DocumentState.Checking, null)
        : (judged.NotChecked is null ? DocumentState.Checked : DocumentState.NotChecked, judged.NotChecked);

    private static ImmutableArray<ProgramStatus> ProgramsOf(DocumentCheck check) =>
    [
        .. check.File.Reports.SelectMany(r => r.Programs.Select(p => (Kernel: r.Kernel.ToString(), Program: p))).GroupBy(p => (p.Program.Name, p.Program.Section))
            .Select(g => new ProgramStatus(
                g.Key.Name, g.Key.Section, g.DistinctBy(p => p.Kernel).ToImmutableSortedDictionary(p => p.Kernel, p => p.Program.Verdict.ToString().ToLowerInvariant()),
                [.. g.Where(p => p.Program.Verdict == Verdict.Inconclusive).SelectMany(p => p.Program.Issues).Select(i => i.Reason).Distinct()])),
    ];
}
