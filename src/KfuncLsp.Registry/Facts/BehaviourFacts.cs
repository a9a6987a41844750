using System.Collections.Immutable;

namespace KfuncLsp.Registry.Facts;

/// <summary>What no tree says in a form that can be extracted: how verifiers differ, per version range, each row with its source.</summary>
public sealed record BehaviourFacts
{
    public ImmutableArray<TraitRow> Traits { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<NameRow> Names { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<SuffixRow> Suffixes { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<ReplacementRow> Replacements { get => field.OrEmpty(); init; } = [];
}

/// <summary>A behaviour that holds from one version (inclusive) to another (exclusive); an open end is empty.</summary>
/// <remarks>
/// A <see cref="Source"/> is <c>file:function@release</c>, the place where it can be read. <see cref="Program"/> stands on the
/// edge: kernels before and after it say different things of that program of the corpus.
/// </remarks>
public sealed record TraitRow(string Trait, string? Since, string? Until, string Source, string? Program = null);

/// <summary>A list of names for a range of versions.</summary>
public sealed record NameRow(string List, string? Since, string? Until, ImmutableArray<string> Names, string Source, string? Program = null)
{
    public ImmutableArray<string> Names { get => field.OrEmpty(); init; } = Names;
}

/// <summary>A parameter suffix that the verifier knows in a range of versions.</summary>
public sealed record SuffixRow(string Suffix, string? Since, string? Until, string Source);

/// <summary>What a program of the corpus decided on a release that has no tree: these rows of a table are like those of another series.</summary>
public sealed record DecisionFact(string Series, string Table, ImmutableArray<string> Rows, string Like, string Program)
{
    public ImmutableArray<string> Rows { get => field.OrEmpty(); init; } = Rows;

    public bool IsLike(RegistryFacts kernel) => KernelVersion.Parse(kernel.Release)?.Series == KernelVersion.Parse(Like);
}

/// <summary>A kfunc that went away or is advised against, and what to call instead.</summary>
public sealed record ReplacementRow(string Name, string? Replacement, string Since, string Reason, string Source);

/// <summary>A condition's message formats, each with the kernels that have it and where.</summary>
public sealed record MessageFact(string Condition, ImmutableArray<MessageFormatFact> Formats)
{
    public ImmutableArray<MessageFormatFact> Formats { get => field.OrEmpty(); init; } = Formats;
}

public sealed record MessageFormatFact(string Format, ImmutableArray<MessagePlaceFact> Where)
{
    public ImmutableArray<MessagePlaceFact> Where { get => field.OrEmpty(); init; } = Where;

    /// <summary>The format with what one kernel says of it in place of what was said before; no functions means that the kernel lacks it.</summary>
    public MessageFormatFact PrintedIn(KernelVersion kernel, ImmutableArray<string> functions)
    {
        var series = kernel.Series.ToString();
        var others = Where.Where(w => w.Series != series);
        return this with { Where = [.. (functions.IsEmpty ? others : others.Append(new(series, functions))).OrderBy(w => KernelVersion.Parse(w.Series))] };
    }
}

/// <summary>A series, such as <c>6.12</c>, and the functions that print the format there.</summary>
public sealed record MessagePlaceFact(string Series, ImmutableArray<string> Functions)
{
    public ImmutableArray<string> Functions { get => field.OrEmpty(); init; } = Functions;
}

/// <summary>The package in which a release was read, and the SHA-256 of its file.</summary>
public sealed record PackageFact(string Release, string Package, string Version, string Sha256);

/// <summary>When a kfunc appeared, and went.</summary>
public sealed record HistoryFact(string Name, string? Since, string? Until, string Source)
{
    /// <summary>Whether a release had it; one whose beginning no source dates had it at no known time.</summary>
    public bool Covers(KernelVersion release) => Since is not null && VersionRange.Of(Since, Until).Contains(release.Series);
}
