using System.Collections.Immutable;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Checking;

/// <summary>A file, checked once for each of its compile commands.</summary>
/// <remarks>Errors: a file that could not be looked at has no checks, and <see cref="Refusal"/> says why.</remarks>
public sealed record FileCheck(string Path, TargetSelection Targets, ImmutableArray<CheckedFile> Checks)
{
    public UnitIssue? Refusal { get; init; }

    /// <summary>What is configured for the file.</summary>
    public ProjectConfiguration Configuration { get; init; } = ProjectConfiguration.Empty;

    /// <summary>What is wrong in the project's configuration.</summary>
    public ImmutableArray<ConfigurationProblem> Problems { get; init; } = [];
}
