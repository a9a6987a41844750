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

    /// <summary>Whether the kernel's log names a line at all.</summary>
    public bool HasLine => Label.Line is not null;

    /// <summary>Whether an error stands where the log says; for a leak, whose exit the compiler puts on any line of the function, in that function.</summary>
    public bool HasSameLine => Errors.Any(e => e.Line == Label.Line || (e.Condition == "reference-leak" && Classes.Contains(e.Condition) && e.Function.Contains(Label.Line ?? 0)));
}

/// <summary>An error that the analyser found.</summary>
/// <remarks>Units: <paramref name="Line"/> counts from 1, as do those of the function that it is in.</remarks>
public sealed record FoundError(string Rule, string Condition, string Message, int Line)
{
    public LineSpan Function { get; init; }
}

/// <summary>The lines of something, both ends included.</summary>
public readonly record struct LineSpan(int First, int Last)
{
    public bool Contains(int line) => First <= line && line <= Last;
}
