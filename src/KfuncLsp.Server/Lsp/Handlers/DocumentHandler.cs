using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Documents;
using Microsoft.Extensions.Logging;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Keeps the workspace's documents as the editor has them.</summary>
internal sealed class DocumentHandler(
    LiveWorkspace workspace, DocumentUris uris, ClientSession session, DiagnosticsPublisher publisher, ILogger<DocumentHandler> log)
{
    public void Open(DidOpenTextDocumentParams parameters)
    {
        var item = parameters.TextDocument;
        if (uris.Open(item.Uri) is not { } path)
        {
            log.LogInformation("{Uri} is not a file and is not analysed", item.Uri);
            return;
        }

        workspace.Open(TextDocument.Create(path, item.Version, item.Text));
    }

    public void Change(DidChangeTextDocumentParams parameters)
    {
        var document = parameters.TextDocument;
        var changes = parameters.ContentChanges.Select(c => new TextChange(c.Range?.ToText(), c.Text)).ToList();
        if (Uris.PathOf(document.Uri) is not { } path) return;
        if (!workspace.Apply(path, document.Version, changes, session.Encoding)) log.LogWarning("{Uri} was changed without being open", document.Uri);
    }

    public void Save(DidSaveTextDocumentParams parameters)
    {
        if (Uris.PathOf(parameters.TextDocument.Uri) is { } path) workspace.Saved(path);
    }

    public async Task CloseAsync(DidCloseTextDocumentParams parameters)
    {
        if (Uris.PathOf(parameters.TextDocument.Uri) is not { } path) return;
        await workspace.CloseAsync(path);

        // It may have been opened again meanwhile.
        if (workspace.Find(path) is not null) return;
        publisher.Clear(path);
        uris.Close(path);
    }
}
