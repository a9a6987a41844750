using System.Collections.Immutable;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>The files of a project by whose change everything below their directory is compiled or judged in another way.</summary>
public static class ProjectFiles
{
    public static ImmutableArray<string> Names { get; } = [ConfigurationFile.Name, "compile_commands.json", "compile_flags.txt", ".clangd"];
}
