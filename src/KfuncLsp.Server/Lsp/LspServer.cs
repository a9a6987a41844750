using KfuncLsp.Server.Composition;
using KfuncLsp.Server.Lsp.Handlers;
using KfuncLsp.Server.Lsp.Rpc;
using Microsoft.Extensions.DependencyInjection;

namespace KfuncLsp.Server.Lsp;

/// <summary>The language server: one session over a pair of streams.</summary>
public static class LspServer
{
    /// <summary>Serves until the session ends.</summary>
    /// <returns>The exit code: 0 after <c>shutdown</c>, 1 where the client went away without it or did not speak LSP.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output, LspServerOptions options)
    {
        await using var services = ServerServices.Build(input, output, options);
        var handler = services.GetRequiredService<LspMessageHandler>();
        var connection = services.GetRequiredService<LspConnection>();
        if (options.ClientProcessId is { } client) services.GetRequiredService<LifecycleHandler>().EndWith(client);

        // Most editors start a server in the project; where they do not, `initialize` names the folder.
        services.GetRequiredService<Preparation>().Begin(Environment.CurrentDirectory);
        connection.StartListening();

        // JsonRpc's own completion does not come after `exit`.
        var code = await handler.Exit;
        connection.Dispose();
        return code;
    }
}
