using System.Collections.Immutable;
using KfuncLsp.Mutation.Editing;
using KfuncLsp.Scoreboard;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>An accepted program with one edit.</summary>
/// <remarks><paramref name="File"/> is the original's name; <see cref="Name"/> the mutant's own.</remarks>
internal sealed record Mutant(int Number, string File, EditKind Kind, Edit Edit, string Text)
{
    public string Name => $"m{Number:d5}";

    /// <summary>What the kernel and the analyser say of each of its programs.</summary>
    public ImmutableArray<Outcome> Outcomes { get; init; } = [];

    /// <summary>Why the analyser gave no answer: an error of its own, or too long a time.</summary>
    public string Failure { get; init; } = "";
}
