using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis;

/// <summary>How sure and how bad: only <see cref="Error"/> says that the kernel rejects the program.</summary>
public enum Severity : byte { Error, Warning, Information, Hint }

/// <summary>A rule's identity: <c>KF0101</c>, and the slug that completes "allow …".</summary>
public sealed record RuleId(string Code, string Slug)
{
    public override string ToString() => Code;
}

/// <summary>A place on a path: it may be in another function than the finding.</summary>
public readonly record struct Location(string Function, Span Span);

/// <summary>One thing that the kernel rejects, or that a person should know.</summary>
public sealed record Finding(RuleId Rule, Severity Severity, string Message, Location Where)
{
    /// <summary>The verifier's (or loader's) own words on this kernel; empty where it says nothing.</summary>
    public string KernelMessage { get; init; } = "";

    /// <summary>The name of the condition in <see cref="Registry.MessageCatalog"/>.</summary>
    public string Condition { get; init; } = "";

    /// <summary>The program on whose path it was found.</summary>
    public string Program { get; init; } = "";

    /// <summary>The call in which it was found; null at any other instruction.</summary>
    public Location? Call { get; init; }

    /// <summary>How control comes here: acquired, branch taken, left.</summary>
    public ImmutableArray<TraceStep> Trace { get; init; } = [];

    /// <summary>What a fix needs to know: kfunc, variable, release function … by name.</summary>
    public ImmutableDictionary<string, string> Facts { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether another kernel's finding is about the same mistake: what one call is given, which each kernel judges in its own order and words.</summary>
    /// <remarks>Where a call may stand (KF04), and whether a kernel has it at all (KF07), are matters of their own.</remarks>
    public bool IsSameMistakeAs(Finding other) =>
        Call is { } call && other.Call == call && Program == other.Program && Severity == other.Severity && IsAboutArguments(Rule) && IsAboutArguments(other.Rule);

    private static bool IsAboutArguments(RuleId rule) => !rule.Code.StartsWith("KF04", StringComparison.Ordinal) && !rule.Code.StartsWith("KF07", StringComparison.Ordinal);
}

/// <summary>One step of a path.</summary>
public sealed record TraceStep(string Message, Location Where);
