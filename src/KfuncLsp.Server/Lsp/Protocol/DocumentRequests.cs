using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

/// <summary>The parameters of the many requests that name nothing but a document.</summary>
internal sealed record DocumentParams(TextDocumentIdentifier TextDocument)
{
    public JsonElement? WorkDoneToken { get; init; }
    public JsonElement? PartialResultToken { get; init; }
}

/// <summary>The parameters of the requests that name nothing but a place.</summary>
internal sealed record PositionParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public JsonElement? WorkDoneToken { get; init; }
    public JsonElement? PartialResultToken { get; init; }
}

internal sealed record Command(string Title, [property: System.Text.Json.Serialization.JsonPropertyName("command")] string Name)
{
    public string? Tooltip { get; init; }
    public JsonElement[]? Arguments { get; init; }
}

internal sealed record CodeLens(Range Range)
{
    public Command? Command { get; init; }
    public JsonElement? Data { get; init; }
}

internal enum DocumentHighlightKind { Text = 1, Read = 2, Write = 3 }

internal sealed record DocumentHighlight(Range Range)
{
    public DocumentHighlightKind? Kind { get; init; }
}

internal sealed record FoldingRange(uint StartLine, uint EndLine)
{
    public uint? StartCharacter { get; init; }
    public uint? EndCharacter { get; init; }
    public string? Kind { get; init; }
    public string? CollapsedText { get; init; }
}

internal sealed record DocumentLink(Range Range)
{
    public string? Target { get; init; }
    public string? Tooltip { get; init; }
    public JsonElement? Data { get; init; }
}

/// <summary>The options of a request that has none of its own but <c>resolve</c>.</summary>
internal sealed record ResolveOptions
{
    public bool? WorkDoneProgress { get; init; }
    public bool? ResolveProvider { get; init; }
}
