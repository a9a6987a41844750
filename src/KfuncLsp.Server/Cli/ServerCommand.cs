using System.CommandLine;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Server.Lsp;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp server</c>: the language server on standard input and output.</summary>
public static class ServerCommand
{
    public static Command Build()
    {
        var kernels = CommonOptions.Kernels();
        var registries = CommonOptions.Registries();
        var stdio = new Option<bool>("--stdio") { Description = "Accepted for clients that pass it; the server always speaks over standard input and output" };
        var logFile = new Option<string?>("--log-file") { Description = "A file to which the log goes besides standard error", HelpName = "FILE" };
        var client = new Option<int?>("--clientProcessId") { Description = "End when this process does", Hidden = true };
        var command = new Command("server", "Run the language server for an editor") { kernels, registries, logFile, stdio, client };
        command.SetAction((parsed, _) =>
        {
            SchedulerSlice.AskForShort();
            return LspServer.RunAsync(
                Console.OpenStandardInput(), Console.OpenStandardOutput(),
                new()
                {
                    Kernels = parsed.GetValue(kernels) ?? [],
                    Registries = CommonOptions.Paths(parsed.GetValue(registries), Environment.CurrentDirectory),
                    LogFile = parsed.GetValue(logFile) is { } file ? Path.GetFullPath(file) : null,
                    ClientProcessId = parsed.GetValue(client),
                });
        });
        return command;
    }
}
