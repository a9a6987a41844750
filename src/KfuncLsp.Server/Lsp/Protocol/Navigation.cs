using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext Context)
{
    public JsonElement? WorkDoneToken { get; init; }
    public JsonElement? PartialResultToken { get; init; }
}

internal sealed record ReferenceContext(bool IncludeDeclaration);

internal sealed record TextDocumentContentParams(string Uri);

internal sealed record TextDocumentContentResult(string Text);

internal sealed record TextDocumentContentOptions(string[] Schemes);
