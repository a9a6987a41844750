using System.Diagnostics;
using KfuncLsp.Server.Cli;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Server.Lsp.Rpc;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Features;
using Microsoft.Extensions.Logging;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Begins and ends the session.</summary>
internal sealed class LifecycleHandler(ClientSession session, LspClient client, LspMessageHandler connection, ILogger<LifecycleHandler> log)
{
    public InitializeResult Initialize(InitializeParams parameters)
    {
        session.Begin(parameters);
        if (parameters.InitializationOptions is { } options) session.Kernels = WorkspaceHandler.KernelsIn(options);
        log.LogInformation("Client {Name} {Version}, columns in {Encoding}", parameters.ClientInfo?.Name, parameters.ClientInfo?.Version, session.Encoding);
        if (parameters.ProcessId is { } id) EndWith(id);
        return new(Capabilities()) { ServerInfo = new("kfunc-lsp") { Version = ProductVersion.Text } };
    }

    /// <summary>Asks for news of the files around the sources, where the client can watch them for us.</summary>
    public Task InitializedAsync() =>
        session.Capabilities.Workspace?.DidChangeWatchedFiles?.DynamicRegistration != true
            ? Task.CompletedTask
            : client.RegisterAsync(new Registration("kfunc-watch", "workspace/didChangeWatchedFiles")
            {
                RegisterOptions = new(
                [
                    new($"**/{ConfigurationFile.Name}"), new("**/compile_commands.json"), new("**/compile_flags.txt"), new("**/.clangd"), new("**/*.{c,h}"),
                ]),
            });

    private ServerCapabilities Capabilities() => new()
    {
        PositionEncoding = Positions.NameOf(session.Encoding),
        TextDocumentSync = new() { OpenClose = true, Change = TextDocumentSyncKind.Incremental, Save = new() },
        HoverProvider = true,
        CompletionProvider = new() { TriggerCharacters = CompletionHandler.TriggerCharacters, ResolveProvider = true, CompletionItem = new() { LabelDetailsSupport = true } },
        SignatureHelpProvider = new() { TriggerCharacters = ["(", ","] },
        InlayHintProvider = true,
        CodeLensProvider = new(),
        SemanticTokensProvider = new(CodeViewHandler.Legend) { Full = true, Range = true },
        DefinitionProvider = true,
        ReferencesProvider = true,
        DocumentSymbolProvider = true,
        FoldingRangeProvider = true,
        DocumentHighlightProvider = true,
        DocumentLinkProvider = new(),
        DiagnosticProvider = session.Pulls ? new(InterFileDependencies: true, WorkspaceDiagnostics: true) { Identifier = "kfunc" } : null,
        Workspace = new() { WorkspaceFolders = new() { Supported = true, ChangeNotifications = true }, TextDocumentContent = session.ReadsContent ? new([KfuncDocument.Scheme]) : null },
    };

    /// <summary>Ends the session when the client's process is gone: an editor that crashed sends no <c>exit</c>.</summary>
    public void EndWith(int processId) => _ = EndWithAsync(processId);

    private async Task EndWithAsync(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync();
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            log.LogWarning("The client's process {Id} cannot be watched: {Error}", processId, error.Message);
            return;
        }

        log.LogWarning("The client's process {Id} is gone", processId);
        connection.End(1);
    }
}
