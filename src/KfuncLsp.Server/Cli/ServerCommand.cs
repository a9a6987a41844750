using System.CommandLine;
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
        var client = new Option<int?>("--clientProcessId") { Description = "End when this process does", Hidden = true };
        var command = new Command("server", "Run the language server for an editor") { kernels, registries, stdio, client };
        command.SetAction((parsed, _) => LspServer.RunAsync(
            Console.OpenStandardInput(), Console.OpenStandardOutput(),
            new() { Kernels = parsed.GetValue(kernels) ?? [], Registries = CommonOptions.Paths(parsed.GetValue(registries), Environment.CurrentDirectory), ClientProcessId = parsed.GetValue(client) }));
        return command;
    }
}
