using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

internal sealed record CompletionParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public JsonElement? WorkDoneToken { get; init; }
    public JsonElement? PartialResultToken { get; init; }
    public CompletionContext? Context { get; init; }
}

internal sealed record CompletionContext(int TriggerKind)
{
    public string? TriggerCharacter { get; init; }
}

internal sealed record CompletionList(bool IsIncomplete, CompletionItem[] Items)
{
    public JsonElement? ItemDefaults { get; init; }
    public JsonElement? ApplyKind { get; init; }
}

internal enum CompletionItemKind { Function = 3, Value = 12, Constant = 21 }

internal enum CompletionItemTag { Deprecated = 1 }

internal enum InsertTextFormat { PlainText = 1, Snippet = 2 }

internal sealed record CompletionItem(string Label)
{
    public CompletionItemLabelDetails? LabelDetails { get; init; }
    public CompletionItemKind? Kind { get; init; }
    public CompletionItemTag[]? Tags { get; init; }
    public string? Detail { get; init; }
    public MarkupContent? Documentation { get; init; }
    public bool? Deprecated { get; init; }
    public bool? Preselect { get; init; }
    public string? SortText { get; init; }
    public string? FilterText { get; init; }
    public string? InsertText { get; init; }
    public InsertTextFormat? InsertTextFormat { get; init; }
    public int? InsertTextMode { get; init; }
    public TextEdit? TextEdit { get; init; }
    public string? TextEditText { get; init; }
    public TextEdit[]? AdditionalTextEdits { get; init; }
    public string[]? CommitCharacters { get; init; }
    public JsonElement? Command { get; init; }
    public CompletionItemData? Data { get; init; }
}

internal sealed record CompletionItemLabelDetails
{
    public string? Detail { get; init; }
    public string? Description { get; init; }
}

/// <summary>What a completion item carries to <c>completionItem/resolve</c>. Ours, not the protocol's.</summary>
internal sealed record CompletionItemData(string Uri, string Kfunc);
