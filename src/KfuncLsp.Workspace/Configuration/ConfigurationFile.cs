using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>Finds and reads <c>.kfunc-lsp.json</c>.</summary>
public static class ConfigurationFile
{
    public const string Name = ".kfunc-lsp.json";

    /// <summary>What the editor's settings are called where they are told of.</summary>
    public const string EditorSettingsName = "the editor's settings";

    /// <summary>The configuration that holds for a file or directory: the nearest one upwards; <see cref="ProjectConfiguration.Empty"/> where there is none.</summary>
    /// <remarks>Errors: bad content is in <see cref="ProjectConfiguration.Problems"/>; what could be read of it holds.</remarks>
    public static ProjectConfiguration FindFor(string path)
    {
        var full = Path.GetFullPath(path);
        for (var directory = Directory.Exists(full) ? full : Path.GetDirectoryName(full); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            var file = Path.Combine(directory, Name);
            if (File.Exists(file)) return Read(file);
        }

        return ProjectConfiguration.Empty;
    }

    /// <summary>An editor's settings, laid over the project's: a key that they have wins; <c>rules</c> and <c>hints</c> are merged by their own keys.</summary>
    /// <remarks>Shape: paths and patterns in the settings are relative to <paramref name="folder"/>.</remarks>
    public static ProjectConfiguration ReadEditor(string folder, ReadOnlyMemory<byte> settings, ProjectConfiguration project) =>
        new ConfigurationReader(Path.Combine(folder, EditorSettingsName), PlainFile.AsUtf8(settings.ToArray()), ConfigurationScope.Editor).Read(project);

    /// <inheritdoc cref="FindFor"/>
    public static ProjectConfiguration Read(string file)
    {
        try
        {
            return new ConfigurationReader(file, PlainFile.AsUtf8(PlainFile.ReadBytes(file)), ConfigurationScope.Project).Read(ProjectConfiguration.Empty with { File = file });
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return ProjectConfiguration.Empty with { File = file, Problems = [new(file, 1, 1, $"cannot be read: {unreadable.Message}")] };
        }
    }
}
