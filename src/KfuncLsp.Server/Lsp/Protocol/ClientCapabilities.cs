using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

/// <summary>What the client can do. Parts that the server does not read stay raw JSON.</summary>
internal sealed record ClientCapabilities
{
    public WorkspaceClientCapabilities? Workspace { get; init; }
    public TextDocumentClientCapabilities? TextDocument { get; init; }
    public JsonElement? NotebookDocument { get; init; }
    public WindowClientCapabilities? Window { get; init; }
    public GeneralClientCapabilities? General { get; init; }
    public JsonElement? Experimental { get; init; }
}

internal sealed record WorkspaceClientCapabilities
{
    public bool? ApplyEdit { get; init; }
    public JsonElement? WorkspaceEdit { get; init; }
    public DidChangeConfigurationClientCapabilities? DidChangeConfiguration { get; init; }
    public DidChangeWatchedFilesClientCapabilities? DidChangeWatchedFiles { get; init; }
    public JsonElement? Symbol { get; init; }
    public JsonElement? ExecuteCommand { get; init; }
    public bool? WorkspaceFolders { get; init; }
    public bool? Configuration { get; init; }
    public RefreshClientCapabilities? SemanticTokens { get; init; }
    public RefreshClientCapabilities? CodeLens { get; init; }
    public JsonElement? FileOperations { get; init; }
    public JsonElement? InlineValue { get; init; }
    public RefreshClientCapabilities? InlayHint { get; init; }
    public RefreshClientCapabilities? Diagnostics { get; init; }
    public JsonElement? FoldingRange { get; init; }
    public JsonElement? TextDocumentContent { get; init; }
}

internal sealed record DidChangeConfigurationClientCapabilities
{
    public bool? DynamicRegistration { get; init; }
}

internal sealed record DidChangeWatchedFilesClientCapabilities
{
    public bool? DynamicRegistration { get; init; }
    public bool? RelativePatternSupport { get; init; }
}

/// <summary>Whether the client can be asked to ask again; the same of diagnostics, code lenses, inlay hints and semantic tokens.</summary>
internal sealed record RefreshClientCapabilities
{
    public bool? RefreshSupport { get; init; }
}

internal sealed record TextDocumentClientCapabilities
{
    public JsonElement? Synchronization { get; init; }
    public JsonElement? Filters { get; init; }
    public CompletionClientCapabilities? Completion { get; init; }
    public HoverClientCapabilities? Hover { get; init; }
    public SignatureHelpClientCapabilities? SignatureHelp { get; init; }
    public JsonElement? Declaration { get; init; }
    public JsonElement? Definition { get; init; }
    public JsonElement? TypeDefinition { get; init; }
    public JsonElement? Implementation { get; init; }
    public JsonElement? References { get; init; }
    public JsonElement? DocumentHighlight { get; init; }
    public DocumentSymbolClientCapabilities? DocumentSymbol { get; init; }
    public CodeActionClientCapabilities? CodeAction { get; init; }
    public JsonElement? CodeLens { get; init; }
    public JsonElement? DocumentLink { get; init; }
    public JsonElement? ColorProvider { get; init; }
    public JsonElement? Formatting { get; init; }
    public JsonElement? RangeFormatting { get; init; }
    public JsonElement? OnTypeFormatting { get; init; }
    public JsonElement? Rename { get; init; }
    public JsonElement? FoldingRange { get; init; }
    public JsonElement? SelectionRange { get; init; }
    public PublishDiagnosticsClientCapabilities? PublishDiagnostics { get; init; }
    public JsonElement? CallHierarchy { get; init; }
    public JsonElement? SemanticTokens { get; init; }
    public JsonElement? LinkedEditingRange { get; init; }
    public JsonElement? Moniker { get; init; }
    public JsonElement? TypeHierarchy { get; init; }
    public JsonElement? InlineValue { get; init; }
    public JsonElement? InlayHint { get; init; }
    public DiagnosticClientCapabilities? Diagnostic { get; init; }
    public JsonElement? InlineCompletion { get; init; }
}

internal sealed record HoverClientCapabilities
{
    public bool? DynamicRegistration { get; init; }
    public string[]? ContentFormat { get; init; }
}

internal sealed record SignatureHelpClientCapabilities
{
    public bool? DynamicRegistration { get; init; }
    public ClientSignatureInformationOptions? SignatureInformation { get; init; }
    public bool? ContextSupport { get; init; }
}

internal sealed record ClientSignatureInformationOptions
{
    public string[]? DocumentationFormat { get; init; }
    public ClientSignatureParameterInformationOptions? ParameterInformation { get; init; }
    public bool? ActiveParameterSupport { get; init; }
    public bool? NoActiveParameterSupport { get; init; }
}

internal sealed record ClientSignatureParameterInformationOptions
{
    public bool? LabelOffsetSupport { get; init; }
}

internal sealed record DocumentSymbolClientCapabilities
{
    public bool? DynamicRegistration { get; init; }
    public JsonElement? SymbolKind { get; init; }
    public bool? HierarchicalDocumentSymbolSupport { get; init; }
    public JsonElement? TagSupport { get; init; }
    public bool? LabelSupport { get; init; }
}

internal sealed record CompletionClientCapabilities
{
    public bool? DynamicRegistration { get; init; }
    public ClientCompletionItemOptions? CompletionItem { get; init; }
    public JsonElement? CompletionItemKind { get; init; }
    public int? InsertTextMode { get; init; }
    public bool? ContextSupport { get; init; }
    public JsonElement? CompletionList { get; init; }
}

internal sealed record ClientCompletionItemOptions
{
    public bool? SnippetSupport { get; init; }
    public bool? CommitCharactersSupport { get; init; }
    public string[]? DocumentationFormat { get; init; }
    public bool? DeprecatedSupport { get; init; }
    public bool? PreselectSupport { get; init; }
    public CompletionItemTagOptions? TagSupport { get; init; }
    public bool? InsertReplaceSupport { get; init; }
    public ClientCompletionItemResolveOptions? ResolveSupport { get; init; }
    public JsonElement? InsertTextModeSupport { get; init; }
    public bool? LabelDetailsSupport { get; init; }
}

internal sealed record CompletionItemTagOptions(CompletionItemTag[] ValueSet);

internal sealed record ClientCompletionItemResolveOptions(string[] Properties);

internal sealed record PublishDiagnosticsClientCapabilities
{
    public bool? RelatedInformation { get; init; }
    public ClientDiagnosticsTagOptions? TagSupport { get; init; }
    public bool? CodeDescriptionSupport { get; init; }
    public bool? DataSupport { get; init; }
    public bool? VersionSupport { get; init; }
}

internal sealed record DiagnosticClientCapabilities
{
    public bool? RelatedInformation { get; init; }
    public ClientDiagnosticsTagOptions? TagSupport { get; init; }
    public bool? CodeDescriptionSupport { get; init; }
    public bool? DataSupport { get; init; }
    public bool? DynamicRegistration { get; init; }
    public bool? RelatedDocumentSupport { get; init; }
    public bool? MarkupMessageSupport { get; init; }
}

internal sealed record ClientDiagnosticsTagOptions(DiagnosticTag[] ValueSet);

internal sealed record WindowClientCapabilities
{
    public bool? WorkDoneProgress { get; init; }
    public JsonElement? ShowMessage { get; init; }
    public JsonElement? ShowDocument { get; init; }
}

internal sealed record GeneralClientCapabilities
{
    public JsonElement? StaleRequestSupport { get; init; }
    public JsonElement? RegularExpressions { get; init; }
    public JsonElement? Markdown { get; init; }
    public string[]? PositionEncodings { get; init; }
}
