using System.Text.Json;
using KfuncLsp.Server.Lsp.Protocol;
using PolyType;
using StreamJsonRpc;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>The methods that begin and end a session and keep it in step: documents, diagnostics, settings. Questions about code are <see cref="ILanguageMethods"/>.</summary>
[JsonRpcContract]
[GenerateShape(IncludeMethods = MethodShapeFlags.PublicInstance)]
internal partial interface ILspMethods
{
    [JsonRpcMethod("initialize", UseSingleObjectParameterDeserialization = true)]
    Task<InitializeResult> InitializeAsync(InitializeParams parameters, CancellationToken cancel);

    [JsonRpcMethod("initialized", UseSingleObjectParameterDeserialization = true)]
    Task InitializedAsync(EmptyParams parameters);

    [JsonRpcMethod("shutdown")]
    Task<object?> ShutdownAsync(CancellationToken cancel);

    [JsonRpcMethod("$/setTrace", UseSingleObjectParameterDeserialization = true)]
    Task SetTraceAsync(SetTraceParams parameters);

    [JsonRpcMethod("textDocument/didOpen", UseSingleObjectParameterDeserialization = true)]
    Task DidOpenAsync(DidOpenTextDocumentParams parameters);

    [JsonRpcMethod("textDocument/didChange", UseSingleObjectParameterDeserialization = true)]
    Task DidChangeAsync(DidChangeTextDocumentParams parameters);

    [JsonRpcMethod("textDocument/didSave", UseSingleObjectParameterDeserialization = true)]
    Task DidSaveAsync(DidSaveTextDocumentParams parameters);

    [JsonRpcMethod("textDocument/didClose", UseSingleObjectParameterDeserialization = true)]
    Task DidCloseAsync(DidCloseTextDocumentParams parameters);

    [JsonRpcMethod("textDocument/diagnostic", UseSingleObjectParameterDeserialization = true)]
    Task<DocumentDiagnosticReport> DiagnosticAsync(DocumentDiagnosticParams parameters, CancellationToken cancel);

    [JsonRpcMethod("workspace/diagnostic", UseSingleObjectParameterDeserialization = true)]
    Task<WorkspaceDiagnosticReport> WorkspaceDiagnosticAsync(WorkspaceDiagnosticParams parameters, CancellationToken cancel);

    [JsonRpcMethod("workspace/didChangeConfiguration", UseSingleObjectParameterDeserialization = true)]
    Task DidChangeConfigurationAsync(DidChangeConfigurationParams parameters);

    [JsonRpcMethod("workspace/didChangeWatchedFiles", UseSingleObjectParameterDeserialization = true)]
    Task DidChangeWatchedFilesAsync(DidChangeWatchedFilesParams parameters);

    [JsonRpcMethod("workspace/didChangeWorkspaceFolders", UseSingleObjectParameterDeserialization = true)]
    Task DidChangeWorkspaceFoldersAsync(DidChangeWorkspaceFoldersParams parameters);

    /// <summary>Our own: <see cref="ServerStatus"/>.</summary>
    [JsonRpcMethod("kfunc/status", UseSingleObjectParameterDeserialization = true)]
    Task<JsonElement> StatusAsync(EmptyParams parameters, CancellationToken cancel);
}
