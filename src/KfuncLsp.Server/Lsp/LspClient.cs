using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Server.Lsp.Rpc;

namespace KfuncLsp.Server.Lsp;

/// <summary>What the server says to and asks of the client.</summary>
internal sealed class LspClient(LspMessageHandler handler, ClientSession session)
{
    public Task PublishAsync(PublishDiagnosticsParams parameters) =>
        handler.NotifyAsync("textDocument/publishDiagnostics", parameters, LspJson.Default.PublishDiagnosticsParams);

    public Task LogAsync(MessageType type, string message) =>
        handler.NotifyAsync("window/logMessage", new WindowMessageParams(type, message), LspJson.Default.WindowMessageParams);

    public Task ShowAsync(MessageType type, string message) =>
        handler.NotifyAsync("window/showMessage", new WindowMessageParams(type, message), LspJson.Default.WindowMessageParams);

    public Task RegisterAsync(params Registration[] registrations) =>
        AskAsync("client/registerCapability", new RegistrationParams(registrations), LspJson.Default.RegistrationParams);

    /// <summary>The client's settings, one value for each item; null where it does not answer.</summary>
    public Task<JsonElement?> ConfigurationAsync(ConfigurationParams parameters) =>
        AskAsync("workspace/configuration", parameters, LspJson.Default.ConfigurationParams);

    /// <summary>Asks a pulling client to pull again; does nothing with one that cannot be asked.</summary>
    public Task RefreshDiagnosticsAsync() =>
        session.Pulls && session.Capabilities.Workspace?.Diagnostics?.RefreshSupport == true
            ? AskAsync<EmptyParams?>("workspace/diagnostic/refresh", null, LspJson.Default.EmptyParams!)
            : Task.CompletedTask;

    /// <summary>Asks the client to ask again for what stands in its documents: <c>codeLens</c>, <c>inlayHint</c> or <c>semanticTokens</c>.</summary>
    public Task RefreshAsync(string feature, RefreshClientCapabilities? support) =>
        support?.RefreshSupport == true ? AskAsync<EmptyParams?>($"workspace/{feature}/refresh", null, LspJson.Default.EmptyParams!) : Task.CompletedTask;

    /// <summary>Asks for a progress to be shown under a token of ours.</summary>
    public Task BeginProgressAsync(JsonElement token) =>
        AskAsync("window/workDoneProgress/create", new WorkDoneProgressCreateParams(token), LspJson.Default.WorkDoneProgressCreateParams);

    /// <summary>Tells how far work is that the client gave a token for; does nothing without one.</summary>
    public Task ProgressAsync(JsonElement? token, WorkDoneProgress value) =>
        token is { } given ? handler.NotifyAsync("$/progress", new ProgressParams(given, value), LspJson.Default.ProgressParams) : Task.CompletedTask;

    private async Task<JsonElement?> AskAsync<T>(string method, T parameters, JsonTypeInfo<T> type)
    {
        try
        {
            return await handler.RequestAsync(method, parameters, type, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }
}
