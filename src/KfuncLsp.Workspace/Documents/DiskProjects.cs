using System.Collections.Concurrent;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Projects as they lie on disk: <c>.kfunc-lsp.json</c>, compile databases, headers.</summary>
/// <remarks><paramref name="kernels"/> are the editor's own target kernels, which precede the project's; it may change between checks.</remarks>
public sealed class DiskProjects(Func<IReadOnlyList<string>> kernels) : IProjectSource
{
    private readonly ConcurrentDictionary<string, ProjectConfiguration> _configurations = new(StringComparer.Ordinal);

    public ProjectSetup SetupOf(string path, ReadOnlyMemory<byte> text)
    {
        var configuration = _configurations.GetOrAdd(Path.GetDirectoryName(path) ?? "/", ConfigurationFile.FindFor);
        var settings = configuration.CompileSettings;
        var commands = CompileCommandResolver.Resolve(path, settings, text);
        var targets = TargetKernels.Resolve(kernels(), configuration, settings.Host);
        return new(commands[0], targets, FileChecker.OptionsOf(configuration)) { Configuration = configuration };
    }

    public void Forget() => _configurations.Clear();
}
