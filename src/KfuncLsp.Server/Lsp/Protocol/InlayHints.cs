using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

internal sealed record InlayHintParams(TextDocumentIdentifier TextDocument, Range Range)
{
    public JsonElement? WorkDoneToken { get; init; }
}

internal enum InlayHintKind { Type = 1, Parameter = 2 }

internal sealed record InlayHint(Position Position, string Label)
{
    public InlayHintKind? Kind { get; init; }
    public TextEdit[]? TextEdits { get; init; }
    public MarkupContent? Tooltip { get; init; }
    public bool? PaddingLeft { get; init; }
    public bool? PaddingRight { get; init; }
    public JsonElement? Data { get; init; }
}
