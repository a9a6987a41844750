using System.Collections.Immutable;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>What to mutate, and whom to ask.</summary>
internal sealed record MutationOptions
{
    /// <summary>The kernel to ask, as 6.12.</summary>
    public string Kernel { get; init; } = "6.12";

    /// <summary>The command that loads objects into it: <c>tests/oracle/label --help</c>.</summary>
    public string Loader { get; init; } = "";

    public int Seed { get; init; } = Random.Shared.Next(1, 1_000_000);

    /// <summary>How many mutants to make at first, of all kinds alike; those that do not compile or change nothing are not counted.</summary>
    public int Mutants { get; init; } = 1500;

    /// <summary>How many programs the kernel is to reject of each kind for what the rules know: more mutants are made of one that has fewer, as long as there are edits.</summary>
    public int Rejected { get; init; } = 30;

    /// <summary>How many mutants to make of a kind at most.</summary>
    public int Most { get; init; } = 500;

    /// <summary>Only programs whose name has this text.</summary>
    public string Only { get; init; } = "";

    /// <summary>Only kinds of edit whose name has this text.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Where to keep the mutants on which the analyser and the kernel differ.</summary>
    public string Keep { get; init; } = "";

    /// <summary>Whether to list what was missed and what was unsure.</summary>
    public bool Names { get; init; }

    /// <summary>Folders that the compiler searches before the others.</summary>
    public ImmutableArray<string> Includes { get; init; } = [];

    /// <summary>The same as clang's arguments: the compiler and the analyser must read the same headers.</summary>
    public ImmutableArray<string> IncludeArguments => [.. Includes.Select(i => "-I" + Path.GetFullPath(i))];
}
