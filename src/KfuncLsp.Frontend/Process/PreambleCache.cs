using KfuncLsp.Frontend.Headers;

namespace KfuncLsp.Frontend.Process;

/// <summary>The directory of parsed preambles, which all processes of this user share.</summary>
public sealed record PreambleCache(string Directory)
{
    public static PreambleCache OfThisUser => new(Path.Combine(HostEnvironment.Current.CacheDirectory, "preambles"));

    public long LimitBytes { get; init; } = 512L << 20;

    /// <summary>
    /// Whether each file's whole preamble is kept, which makes its edits fast, or only what the files of a project have in common, which is what a
    /// run over many files gains by.
    /// </summary>
    public bool HoldsWhole { get; init; }
}
