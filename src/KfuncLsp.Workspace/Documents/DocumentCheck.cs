using System.Collections.Immutable;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Documents;

/// <summary>A finished check of one version of a document.</summary>
public sealed record DocumentCheck(TextDocument Document, ProjectSetup Setup, CheckedFile File)
{
    /// <summary>How many program reports came from the cache, and how many had to be made.</summary>
    public CacheUse Cache { get; init; }

    public CheckTimes Times { get; init; }

    /// <summary>Why the file was not looked at, and null where it was.</summary>
    public string? NotChecked { get; init; }

    /// <summary>What was found before a C error hid the program from us.</summary>
    public ImmutableArray<MergedFinding> Stale { get; init; } = [];

    /// <summary>Our own faults on the way, one line each.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    public UnitIr Unit => File.Unit;
    public KernelModel? Model => Setup.Model;

    /// <summary>Whether the C compiler saw the whole file.</summary>
    public bool IsWhole => !Unit.Issues.Any(i => i.Kind is UnitIssueKind.CompileError or UnitIssueKind.NotParsed or UnitIssueKind.Unreadable);
}

/// <summary>Where the time of a check went: finding out how to parse, parsing (with the wait for the parser), judging.</summary>
public readonly record struct CheckTimes(TimeSpan Setup, TimeSpan Parse, TimeSpan Judge)
{
    public override string ToString() => $"set-up {Setup.TotalMilliseconds:F1} ms, parse {Parse.TotalMilliseconds:F1} ms, judgement {Judge.TotalMilliseconds:F1} ms";
}

/// <summary>What the report cache did in one check.</summary>
public readonly record struct CacheUse(int Hits, int Misses);

/// <summary>What a request sees of a file: the text as it is now, and the newest finished checks.</summary>
/// <remarks><see cref="LastWhole"/> is the newest check of a text that parsed without an error, which may be older than <see cref="Last"/>, or the newest where none did.</remarks>
public sealed record FileSnapshot(TextDocument Document, DocumentCheck? Last, DocumentCheck? LastWhole)
{
    /// <summary>The newest set-up; known before the first check is finished.</summary>
    public ProjectSetup? Setup { get; init; }

    /// <summary>What is configured for the file, as far as it is known.</summary>
    public ProjectConfiguration Configuration => Setup?.Configuration ?? ProjectConfiguration.Empty;

    /// <summary>The newest check that has its verdicts; it may be older than <see cref="Last"/>, which is there as soon as the text is parsed.</summary>
    public DocumentCheck? Judged { get; init; }

    /// <summary>Whether the text as it is now is still being checked.</summary>
    public bool IsBeingChecked { get; init; }

    /// <summary>The fault of ours that ended the newest check; null where it did not fail.</summary>
    public string? Failure { get; init; }

    /// <summary>What variables hold at each point, of the newest whole check that was watched; null before.</summary>
    public RecordedStates? States { get; init; }

    /// <summary>The check whose code stands for the text now: the newest that parsed whole, else the newest.</summary>
    public DocumentCheck? Parsed => LastWhole ?? Last;
}
