namespace KfuncLsp.Workspace.Configuration;

/// <summary>Finds and reads <c>.kfunc-lsp.json</c>.</summary>
public static class ConfigurationFile
{
    public const string Name = ".kfunc-lsp.json";

    /// <summary>The configuration that holds for a file or directory: the nearest one upwards; <see cref="ProjectConfiguration.Empty"/> where there is none.</summary>
    /// <remarks>Errors: bad content is in <see cref="ProjectConfiguration.Problems"/>; what could be read of it holds.</remarks>
    public static ProjectConfiguration FindFor(string path) => ProjectConfiguration.Empty;
}
