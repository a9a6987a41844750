using System.CommandLine;
using KfuncLsp.Frontend.Process;

namespace KfuncLsp.Server.Cli;

/// <summary>The hidden verb under which the executable runs libclang for its parent.</summary>
public static class FrontendWorkerCommand
{
    public static Command Build()
    {
        var command = new Command(WorkerLaunch.Verb, "Parse for a parent process") { Hidden = true };
        command.SetAction(_ => FrontendWorker.RunOnStandardStreams());
        return command;
    }
}
