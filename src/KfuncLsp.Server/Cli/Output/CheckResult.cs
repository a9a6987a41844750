using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Server.Cli.Output;

/// <summary>Everything that <c>check</c> found: the value that each format prints.</summary>
/// <remarks><paramref name="Targets"/> are the kernels in the order asked for, each with the name it is printed by.</remarks>
public sealed record CheckResult(
    ImmutableArray<KeyValuePair<KernelVersion, string>> Targets, ImmutableArray<FileResult> Files, SourceTexts Sources, PathNames Paths)
{
    public IEnumerable<string> Kernels => Targets.Select(t => t.Value);

    /// <summary>A kernel as it was asked for: <c>6.12</c>.</summary>
    public string NameOf(KernelVersion kernel)
    {
        foreach (var (version, name) in Targets)
            if (version == kernel) return name;
        return kernel.Series.ToString();
    }

    public IEnumerable<MergedFinding> Findings => Files.SelectMany(f => f.Findings);

    /// <summary>What the process answers: our fault, then input that was not looked at, then errors.</summary>
    /// <remarks>A file with C errors, in which nothing else was found, is not clean either: a part of it was not looked at.</remarks>
    public int ExitCode
    {
        get
        {
            if (Files.Any(f => f.Issues.Any(i => i.Kind == IssueResult.Internal))) return Cli.ExitCode.Internal;
            if (Files.Any(f => f.IsUnread)) return Cli.ExitCode.BadInput;
            if (Findings.Any(f => f.Finding.Severity == Severity.Error)) return Cli.ExitCode.ErrorsFound;
            return Files.Any(f => f.Issues.Any(i => i.Kind is IssueResult.CompileError or IssueResult.MissingHeader)) ? Cli.ExitCode.BadInput : Cli.ExitCode.Clean;
        }
    }
}

/// <summary>One file of a <see cref="CheckResult"/>; <paramref name="Path"/> is as the user knows it.</summary>
public sealed record FileResult(string Path)
{
    public ImmutableArray<ProgramResult> Programs { get; init; } = [];
    public ImmutableArray<MergedFinding> Findings { get; init; } = [];
    public ImmutableArray<IssueResult> Issues { get; init; } = [];

    /// <summary>What comments in the source hide.</summary>
    public ImmutableArray<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>Whether nothing of the file could be looked at.</summary>
    public bool IsUnread => Issues.Any(i => i.Kind is IssueResult.Unreadable or IssueResult.NotParsed);
}

/// <summary>A SEC program and its verdict on each kernel.</summary>
/// <remarks><paramref name="ProgramType"/> is the kernel's name without <c>BPF_PROG_TYPE_</c>.</remarks>
public sealed record ProgramResult(string Name, string Section, string ProgramType, bool IsSleepable)
{
    /// <summary>Kernel as printed → verdict, in the order of <see cref="CheckResult.Kernels"/>.</summary>
    public ImmutableArray<KeyValuePair<string, Verdict>> Verdicts { get; init; } = [];
}

/// <summary>Something that a user must know about what was not looked at.</summary>
public sealed record IssueResult(string Kind, string Reason, FileSpan Where)
{
    public const string Internal = "internal";
    public const string Unreadable = "unreadable";
    public const string NotParsed = "not-parsed";
    public const string CompileError = "compile-error";
    public const string MissingHeader = "missing-header";
    public const string Inconclusive = "inconclusive";

    public string? Function { get; init; }
    public string? Program { get; init; }

    /// <summary>The kernels it concerns; empty for all.</summary>
    public ImmutableArray<string> Kernels { get; init; } = [];
}
