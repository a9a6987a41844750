using System.Text.Json;
using KfuncLsp.Ir;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Server.Lsp.Rpc;
using KfuncLsp.Workspace.Documents;
using StreamJsonRpc;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Answers clients that ask for diagnostics.</summary>
internal sealed class PullHandler(LiveWorkspace workspace, DiagnosticConversion conversion, ClientSession session, DocumentUris uris)
{
    /// <summary>The diagnostics of the version that the document has now.</summary>
    /// <remarks>Errors: a newer version meanwhile answers <see cref="LspErrorCode.ServerCancelled"/> and asks the client to ask again.</remarks>
    public async Task<DocumentDiagnosticReport> DocumentAsync(DocumentDiagnosticParams parameters, CancellationToken cancel)
    {
        if (Uris.PathOf(parameters.TextDocument.Uri) is not { } path || workspace.NewestCheck(path) is not { } pending) return Report([], null);

        DocumentCheck check;
        try
        {
            check = await pending.WaitAsync(cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new LocalRpcException("A newer version of the document came")
            {
                ErrorCode = LspErrorCode.ServerCancelled,
                ErrorData = JsonSerializer.SerializeToElement(new DiagnosticServerCancellationData(true), LspJson.Default.DiagnosticServerCancellationData),
            };
        }

        var all = conversion.Convert(check);
        var report = Report(all[path], parameters.PreviousResultId);
        if (!session.HasRelatedDocuments || all.Count < 2) return report;
        return report with { RelatedDocuments = all.Where(d => d.Key != path).ToDictionary(d => uris.UriOf(d.Key), d => Report(d.Value, null)) };
    }

    /// <summary>A full report, or an unchanged one where the client has these diagnostics already.</summary>
    internal static DocumentDiagnosticReport Report(Diagnostic[] items, string? previous)
    {
        var id = ResultId(items);
        return id == previous ? new(DocumentDiagnosticReport.Unchanged) { ResultId = id } : new(DocumentDiagnosticReport.Full) { ResultId = id, Items = items };
    }

    private static string ResultId(Diagnostic[] items) =>
        IrHash.Of(JsonSerializer.Serialize(items, LspJson.Default.DiagnosticArray)).ToString();
}
