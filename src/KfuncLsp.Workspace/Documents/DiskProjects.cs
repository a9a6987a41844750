using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Projects as they lie on disk: <c>.kfunc-lsp.json</c>, compile databases, headers.</summary>
public sealed class DiskProjects(ProjectConfigurations configurations, OwnKernels own) : IProjectSource
{
    public ProjectSetup SetupOf(string path, ReadOnlyMemory<byte> text)
    {
        var configuration = configurations.For(path);
        var settings = configuration.CompileSettings;
        var commands = CompileCommandResolver.Resolve(path, settings, text);
        var targets = TargetKernels.Resolve(configurations.NamedKernels, configuration, settings.Host, own);
        return new(commands[0], targets, FileChecker.OptionsOf(configuration)) { Configuration = configuration };
    }

    public void Forget() => configurations.Forget();
}
