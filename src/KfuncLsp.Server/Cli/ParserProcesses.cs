using KfuncLsp.Frontend.Process;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Server.Cli;

/// <summary>The child processes that parse for a command.</summary>
public static class ParserProcesses
{
    /// <summary>Children of this executable, with the libclang that the project's configuration names.</summary>
    /// <remarks>Units: <paramref name="count"/> in processes; 0 is one per core. They start when the first file is asked for.</remarks>
    public static UnitSourcePool Start(ProjectConfiguration configuration, int count) =>
        new(WorkerLaunch.Self(), WorkerLimits.Default with { LibclangPath = configuration.Libclang, Preambles = PreambleCache.OfThisUser }, count);
}
