using System.Collections.Immutable;
using KfuncLsp.Analysis;

namespace KfuncLsp.Scoreboard;

/// <summary>One label beside what the analyser says of the same program.</summary>
/// <remarks><see cref="Predicted"/> is null where the analyser has no such program, or failed; <see cref="Why"/> then says why.</remarks>
public sealed record Outcome(Label Label, string Kernel, Verdict? Predicted)
{
    /// <summary>The catalogue's condition for the kernel's message.</summary>
    public string Class { get; init; } = MessageClasses.Unknown;

    /// <summary>The errors that were found in the program.</summary>
    public ImmutableArray<FoundError> Errors { get; init; } = [];

    /// <summary>Why the verdict is not certain.</summary>
    public string Why { get; init; } = "";

    public bool IsRejected => Predicted == Verdict.Rejected;

    /// <summary>A program that the kernel takes and the analyser does not: the worst bug.</summary>
    public bool IsFalseError => !Label.IsRejected && IsRejected;

    public bool IsFound => Label.IsRejected && IsRejected;

    public bool HasSameClass => Errors.Any(e => e.Condition == Class);

    public bool HasSameLine => Errors.Any(e => e.Line == Label.Line);
}

/// <summary>An error that the analyser found.</summary>
/// <remarks>Units: <paramref name="Line"/> counts from 1.</remarks>
public sealed record FoundError(string Rule, string Condition, string Message, int Line);
