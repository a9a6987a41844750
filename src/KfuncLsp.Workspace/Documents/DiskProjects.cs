using System.Collections.Concurrent;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
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
        return new(commands[0], targets, OptionsOf(configuration)) { Configuration = configuration };
    }

    public void Forget() => _configurations.Clear();

    private static AnalysisOptions OptionsOf(ProjectConfiguration configuration)
    {
        if (configuration.Capabilities is not { } named) return AnalysisOptions.Default;
        return AnalysisOptions.Default with { CapBpf = Has("CAP_BPF"), CapPerfmon = Has("CAP_PERFMON"), CapSysBoot = Has("CAP_SYS_BOOT") };

        bool Has(string capability) =>
            named.Contains(capability, StringComparer.OrdinalIgnoreCase)
            || (capability != "CAP_SYS_BOOT" && named.Contains("CAP_SYS_ADMIN", StringComparer.OrdinalIgnoreCase));
    }
}
