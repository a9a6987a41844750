using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Checking;

/// <summary>A file's verdicts on every target kernel: what the command line prints and the server publishes.</summary>
public sealed record CheckedFile(string Path, CompileCommand Command, UnitIr Unit, ImmutableArray<UnitReport> Reports)
{
    /// <summary>The findings of all kernels, those that say the same merged, in source order.</summary>
    public ImmutableArray<MergedFinding> Findings { get; init; } = [];

    public ImmutableArray<UnitIssue> Issues { get; init; } = [];
}

/// <summary>A finding, its place in a file, and the kernels it holds on.</summary>
public sealed record MergedFinding(Finding Finding, FileSpan Where, ImmutableArray<KernelVersion> Kernels)
{
    /// <summary>The programs on whose paths it was found; one, unless shown by place; none for what stands outside programs.</summary>
    public ImmutableArray<string> Programs { get; init; } = [];

    public ImmutableArray<MergedStep> Steps { get; init; } = [];

    /// <summary>What each kernel says, those that use the same words together; empty where none says anything.</summary>
    public ImmutableArray<KernelWords> Words { get; init; } = [];
}

/// <summary>A kernel message and the kernels that print it.</summary>
public sealed record KernelWords(string Message, ImmutableArray<KernelVersion> Kernels);

/// <summary>A step of a path, in a file.</summary>
public sealed record MergedStep(string Message, FileSpan Where);
