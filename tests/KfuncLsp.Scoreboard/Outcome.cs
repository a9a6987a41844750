using System.Collections.Immutable;
using KfuncLsp.Analysis;

namespace KfuncLsp.Scoreboard;

/// <summary>One label beside what the analyser says of the same program.</summary>
/// <remarks><see cref="Predicted"/> is null where the analyser has no such program, or failed; <see cref="Why"/> then says why.</remarks>
public sealed record Outcome(Label Label, string Kernel, Verdict? Predicted)
{
    /// <summary>The catalogue's conditions for the kernel's message; several where it prints the same for them.</summary>
    public ImmutableArray<string> Classes { get; init; } = [MessageClasses.Unknown];

    /// <summary>The condition under which it is counted: the one that was found, where that is among them.</summary>
    public string Class => Classes.FirstOrDefault(c => Errors.Any(e => e.Condition == c)) ?? Classes[0];

    /// <summary>The errors that were found in the program.</summary>
    public ImmutableArray<FoundError> Errors { get; init; } = [];

    /// <summary>Why the verdict is not certain.</summary>
    public string Why { get; init; } = "";

    public bool IsRejected => Predicted == Verdict.Rejected;

    /// <summary>A program that the kernel takes and the analyser does not: the worst bug.</summary>
    public bool IsFalseError => !Label.IsRejected && IsRejected;

    public bool IsFound => Label.IsRejected && IsRejected;

    public bool HasSameClass => Errors.Any(e => Classes.Contains(e.Condition));

    public bool HasSameLine => Errors.Any(e => e.Line == Label.Line);
}

/// <summary>An error that the analyser found.</summary>
/// <remarks>Units: <paramref name="Line"/> counts from 1.</remarks>
public sealed record FoundError(string Rule, string Condition, string Message, int Line);
