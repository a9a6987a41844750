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

    /// <summary>The findings that comments hide.</summary>
    public ImmutableArray<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>Where comments hide that something was not analysed (KF0901) or has no verdict (KF0902).</summary>
    public ImmutableHashSet<(RuleId Rule, FileSpan Where)> HiddenNotes { get; init; } = [];
}

/// <summary>A finding, its place in a file, and the kernels it holds on.</summary>
public sealed record MergedFinding(Finding Finding, FileSpan Where, ImmutableArray<KernelVersion> Kernels)
{
    /// <summary>The programs on whose paths it was found; one, unless shown by place; none for what stands outside programs.</summary>
    public ImmutableArray<string> Programs { get; init; } = [];

    public ImmutableArray<MergedStep> Steps { get; init; } = [];

    /// <summary>The target kernels that accept its programs.</summary>
    public ImmutableArray<KernelVersion> AcceptedOn { get; init; } = [];

    /// <summary>Which of several kernels it concerns, in a person's words; null where all reject.</summary>
    /// <remarks>Shape: <paramref name="targets"/> are all kernels that were asked.</remarks>
    public string? Versions(IEnumerable<KernelVersion> targets, Func<KernelVersion, string> nameOf)
    {
        var others = targets.Except(Kernels).ToList();
        if (others.Count == 0) return null;
        var here = string.Join(", ", Kernels.Select(nameOf));
        var isError = Finding.Severity == Severity.Error;
        var accepted = others.Where(AcceptedOn.Contains).ToList();
        var open = others.Except(accepted).ToList();
        var text = isError ? $"rejected on {here}" : $"holds on {here}";
        if (accepted.Count > 0) text += $", accepted on {string.Join(", ", accepted.Select(nameOf))}";
        if (open.Count > 0) text += $", not found on {string.Join(", ", open.Select(nameOf))}";
        return text;
    }

    /// <summary>What each kernel says, those that use the same words together; empty where none says anything.</summary>
    public ImmutableArray<KernelWords> Words { get; init; } = [];
}

/// <summary>A kernel message and the kernels that print it.</summary>
public sealed record KernelWords(string Message, ImmutableArray<KernelVersion> Kernels);

/// <summary>A step of a path, in a file.</summary>
public sealed record MergedStep(string Message, FileSpan Where);
