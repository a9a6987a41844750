using System.Collections.Immutable;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Checking;

/// <summary>What a user asked for by hand; it wins over the project's configuration.</summary>
public sealed record CheckSettings
{
    public static CheckSettings Default { get; } = new();

    /// <summary>The kernels to judge for, as written; each text may name several, separated by commas.</summary>
    public ImmutableArray<string> Kernels { get; init; } = [];

    /// <summary>Registries of the user's own, with full paths; they take the place of the project's.</summary>
    public ImmutableArray<string> Registries { get; init; } = [];

    /// <summary>Where the compile database is.</summary>
    public string? BuildDirectory { get; init; }

    /// <summary>Clang arguments to add to every command.</summary>
    public ImmutableArray<string> ClangArguments { get; init; } = [];

    /// <summary>A project's configuration with what was asked for by hand over it.</summary>
    public ProjectConfiguration Over(ProjectConfiguration configuration) => configuration.WithRegistries(Registries);

    /// <summary>How a file of a project is compiled, by its configuration and by what was asked for.</summary>
    public CompileSettings CompileSettingsFor(ProjectConfiguration configuration) => configuration.CompileSettings with
    {
        BuildDirectory = BuildDirectory,
        ExtraArguments = ClangArguments,
    };
}
