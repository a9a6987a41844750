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

    /// <summary>How control comes here: acquired, branch taken, left.</summary>
    public ImmutableArray<TraceStep> Trace { get; init; } = [];

    /// <summary>What a fix needs to know: kfunc, variable, release function … by name.</summary>
    public ImmutableDictionary<string, string> Facts { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>One step of a path.</summary>
public sealed record TraceStep(string Message, Location Where);
