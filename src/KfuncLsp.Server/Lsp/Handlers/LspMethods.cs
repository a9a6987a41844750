using System.Text.Json;
using KfuncLsp.Server.Lsp.Protocol;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Hands each method to the handler of its subject.</summary>
internal sealed class LspMethods(
    LifecycleHandler lifecycle, DocumentHandler documents, PullHandler pull, WorkspacePullHandler everything, WorkspaceHandler workspace, StatusHandler status)
    : ILspMethods
{
    public Task<InitializeResult> InitializeAsync(InitializeParams parameters, CancellationToken cancel) => Task.FromResult(lifecycle.Initialize(parameters));

    public Task InitializedAsync(EmptyParams parameters) => lifecycle.InitializedAsync();

    public Task<object?> ShutdownAsync(CancellationToken cancel) => Task.FromResult<object?>(null);

    public Task SetTraceAsync(SetTraceParams parameters) => Task.CompletedTask;

    public Task DidOpenAsync(DidOpenTextDocumentParams parameters) => Do(() => documents.Open(parameters));

    public Task DidChangeAsync(DidChangeTextDocumentParams parameters) => Do(() => documents.Change(parameters));

    public Task DidSaveAsync(DidSaveTextDocumentParams parameters) => Do(() => documents.Save(parameters));

    public Task DidCloseAsync(DidCloseTextDocumentParams parameters) => documents.CloseAsync(parameters);

    public Task<DocumentDiagnosticReport> DiagnosticAsync(DocumentDiagnosticParams parameters, CancellationToken cancel) => pull.DocumentAsync(parameters, cancel);

    public Task<WorkspaceDiagnosticReport> WorkspaceDiagnosticAsync(WorkspaceDiagnosticParams parameters, CancellationToken cancel) =>
        everything.ReportAsync(parameters, cancel);

    public Task DidChangeConfigurationAsync(DidChangeConfigurationParams parameters) => workspace.ConfigurationAsync(parameters);

    public Task DidChangeWatchedFilesAsync(DidChangeWatchedFilesParams parameters) => workspace.WatchedFilesAsync(parameters);

    public Task DidChangeWorkspaceFoldersAsync(DidChangeWorkspaceFoldersParams parameters) => workspace.FoldersAsync(parameters);

    // It counts the files of the caches: not on the thread that takes messages.
    public Task<JsonElement> StatusAsync(EmptyParams parameters, CancellationToken cancel) => Task.Run(status.Status, cancel);

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
