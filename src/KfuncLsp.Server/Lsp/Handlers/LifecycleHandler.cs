using System.Diagnostics;
using System.Text.Json;
using KfuncLsp.Server.Cli;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Server.Lsp.Rpc;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Features;
using Microsoft.Extensions.Logging;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Begins and ends the session.</summary>
internal sealed class LifecycleHandler(
    ClientSession session, SettingsHandler settings, WorkspaceHandler workspace, Preparation preparation, LspClient client, LspMessageHandler connection,
    ILogger<LifecycleHandler> log)
{
    public InitializeResult Initialize(InitializeParams parameters)
    {
        session.Begin(parameters);
        settings.Begin(parameters.InitializationOptions);
        log.LogInformation("Client {Name} {Version}, columns in {Encoding}", parameters.ClientInfo?.Name, parameters.ClientInfo?.Version, session.Encoding);
        if (parameters.ProcessId is { } id) EndWith(id);
        preparation.Begin(session.Folders is [var folder, ..] ? folder : Environment.CurrentDirectory);
        return new(Capabilities()) { ServerInfo = new("kfunc-lsp") { Version = ProductVersion.Text } };
    }

    /// <summary>Asks for news of the files around the sources, where the client can watch them for us.</summary>
    public async Task InitializedAsync()
    {
        var registrations = new List<Registration>();
        if (session.WatchesFiles)
            registrations.Add(new("kfunc-watch", "workspace/didChangeWatchedFiles")
            {
                RegisterOptions = JsonSerializer.SerializeToElement(new(
                [
                    .. ProjectFiles.Names.Select(name => new Protocol.FileSystemWatcher($"**/{name}")), new("**/*.{c,h}"),
                ]), LspJson.Default.DidChangeWatchedFilesRegistrationOptions),
            });
        if (session.Capabilities.Workspace?.DidChangeConfiguration?.DynamicRegistration == true)
            registrations.Add(new("kfunc-settings", "workspace/didChangeConfiguration")
            {
                RegisterOptions = JsonSerializer.SerializeToElement(
                    new() { Section = JsonSerializer.SerializeToElement("kfunc", LspJson.Default.String) }, LspJson.Default.DidChangeConfigurationRegistrationOptions),
            });
        if (registrations.Count > 0) await client.RegisterAsync([.. registrations]);
        workspace.WatchByOurselves();
        await workspace.AskSettingsAsync();
    }

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
        CodeActionProvider = session.HasCodeActions ? new() { CodeActionKinds = [CodeActionKind.QuickFix, CodeActionKind.FixAll], ResolveProvider = true } : null,
        DiagnosticProvider = session.Pulls ? new(InterFileDependencies: true, WorkspaceDiagnostics: true) { Identifier = "kfunc" } : null,
        Experimental = JsonElement.Parse("""{"kfuncStatus":true}"""),
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
