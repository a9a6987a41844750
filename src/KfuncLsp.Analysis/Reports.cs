using System.Collections.Immutable;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis;

/// <summary>What the kernel would say of a program.</summary>
public enum Verdict : byte { Accepted, Rejected, Inconclusive }

/// <summary>The analysis of one SEC program and everything it reaches, on one kernel.</summary>
public sealed record ProgramReport(string Name, string Section, ProgramKind? Kind, Verdict Verdict)
{
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Why the verdict is inconclusive, or what was not looked at.</summary>
    public ImmutableArray<AnalysisIssue> Issues { get; init; } = [];

    /// <summary>Units: instructions explored.</summary>
    public long Steps { get; init; }

    /// <summary>The functions that the program reaches, itself first: a change of any other function cannot change the report.</summary>
    public ImmutableArray<string> Reaches { get; init; } = [];
}

/// <summary>Something that was not analysed, and why.</summary>
public sealed record AnalysisIssue(string Reason, Location Where);

/// <summary>The analysis of a whole unit on one kernel: its programs in source order.</summary>
public sealed record UnitReport(KernelVersion Kernel, ImmutableArray<ProgramReport> Programs);

/// <summary>What the loader may do, and how much work a verdict may cost.</summary>
/// <remarks>
/// Units: <see cref="StepBudget"/> in instructions explored per program, and in as much other work as takes their time; as many as the kernel allows itself.
/// Source: include/linux/bpf.h, BPF_COMPLEXITY_LIMIT_INSNS.
/// </remarks>
public sealed record AnalysisOptions
{
    public static readonly AnalysisOptions Default = new();

    public bool CapBpf { get; init; } = true;
    public bool CapPerfmon { get; init; } = true;
    public bool CapSysBoot { get; init; } = true;
    public long StepBudget { get; init; } = 1_000_000;
}
