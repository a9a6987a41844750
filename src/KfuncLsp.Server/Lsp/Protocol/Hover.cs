using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

internal sealed record HoverParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public JsonElement? WorkDoneToken { get; init; }
}

internal sealed record Hover(MarkupContent Contents)
{
    public Range? Range { get; init; }
}
