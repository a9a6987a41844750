using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Features;

/// <summary>One thing to show in an editor, at a place in a file.</summary>
public sealed record FileDiagnostic(FileSpan Where, Severity Severity, RuleId Rule, string Message)
{
    public ImmutableArray<DiagnosticNote> Notes { get; init; } = [];

    /// <summary>Whether it is about something that should no longer be used.</summary>
    public bool IsDeprecation { get; init; }

    /// <summary>Whether it is about code or text without effect.</summary>
    public bool IsUnnecessary { get; init; }
}

/// <summary>A step of the path that leads to a diagnostic.</summary>
public sealed record DiagnosticNote(FileSpan Where, string Message);
