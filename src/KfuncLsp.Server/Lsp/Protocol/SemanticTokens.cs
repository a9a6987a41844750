using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

internal sealed record SemanticTokensRangeParams(TextDocumentIdentifier TextDocument, Range Range)
{
    public JsonElement? WorkDoneToken { get; init; }
    public JsonElement? PartialResultToken { get; init; }
}

/// <summary>Tokens as five numbers each, relative to the one before.</summary>
internal sealed record SemanticTokens(uint[] Data)
{
    public string? ResultId { get; init; }
}

internal sealed record SemanticTokensLegend(string[] TokenTypes, string[] TokenModifiers);

internal sealed record SemanticTokensOptions(SemanticTokensLegend Legend)
{
    public bool? WorkDoneProgress { get; init; }
    public bool? Range { get; init; }
    public bool? Full { get; init; }
}
