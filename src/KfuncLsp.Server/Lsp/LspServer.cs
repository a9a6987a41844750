using KfuncLsp.Server.Composition;

namespace KfuncLsp.Server.Lsp;

/// <summary>The language server: one session over a pair of streams.</summary>
public static class LspServer
{
    /// <summary>Serves until the session ends.</summary>
    /// <returns>The exit code: 0 after <c>shutdown</c>, 1 where the client went away without it or did not speak LSP.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output, LspServerOptions options)
    {
        await using var parts = new ServerParts(input, output, options);
        if (options.ClientProcessId is { } client) parts.Lifecycle.EndWith(client);
        parts.Connection.StartListening();

        // JsonRpc's own completion does not come after `exit`.
        return await parts.Handler.Exit;
    }
}
