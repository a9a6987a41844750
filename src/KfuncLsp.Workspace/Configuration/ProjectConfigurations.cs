using System.Collections.Concurrent;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>The configuration of each file: the editor's settings over the nearest <c>.kfunc-lsp.json</c>, key by key.</summary>
/// <remarks>Read once per directory until <see cref="Forget"/>. <paramref name="settings"/> may answer differently after that.</remarks>
public sealed class ProjectConfigurations(Func<EditorSettings> settings)
{
    private readonly ConcurrentDictionary<string, ProjectConfiguration> _byDirectory = new(StringComparer.Ordinal);

    public ProjectConfiguration For(string path) => _byDirectory.GetOrAdd(Path.GetDirectoryName(path) ?? "/", Read);

    /// <summary>The kernels that the command line names.</summary>
    public IReadOnlyList<string> NamedKernels => settings().Kernels;

    public void Forget() => _byDirectory.Clear();

    /// <summary>What is configured for the files of a directory now; it is not kept.</summary>
    public ProjectConfiguration Read(string directory)
    {
        var project = ConfigurationFile.FindFor(directory);
        var (folder, text) = settings().For(directory);
        return (text.IsEmpty ? project : ConfigurationFile.ReadEditor(folder, text, project)).WithRegistries(settings().Registries);
    }
}
