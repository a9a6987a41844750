using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

/// <summary>What the server can do. What it does not serve has no type of its own here.</summary>
internal sealed record ServerCapabilities
{
    public string? PositionEncoding { get; init; }
    public TextDocumentSyncOptions? TextDocumentSync { get; init; }
    public JsonElement? NotebookDocumentSync { get; init; }
    public CompletionOptions? CompletionProvider { get; init; }
    public bool? HoverProvider { get; init; }
    public SignatureHelpOptions? SignatureHelpProvider { get; init; }
    public JsonElement? DeclarationProvider { get; init; }
    public bool? DefinitionProvider { get; init; }
    public JsonElement? TypeDefinitionProvider { get; init; }
    public JsonElement? ImplementationProvider { get; init; }
    public bool? ReferencesProvider { get; init; }
    public bool? DocumentHighlightProvider { get; init; }
    public bool? DocumentSymbolProvider { get; init; }
    public CodeActionOptions? CodeActionProvider { get; init; }
    public ResolveOptions? CodeLensProvider { get; init; }
    public ResolveOptions? DocumentLinkProvider { get; init; }
    public JsonElement? ColorProvider { get; init; }
    public JsonElement? WorkspaceSymbolProvider { get; init; }
    public JsonElement? DocumentFormattingProvider { get; init; }
    public JsonElement? DocumentRangeFormattingProvider { get; init; }
    public JsonElement? DocumentOnTypeFormattingProvider { get; init; }
    public JsonElement? RenameProvider { get; init; }
    public bool? FoldingRangeProvider { get; init; }
    public JsonElement? SelectionRangeProvider { get; init; }
    public JsonElement? ExecuteCommandProvider { get; init; }
    public JsonElement? CallHierarchyProvider { get; init; }
    public JsonElement? LinkedEditingRangeProvider { get; init; }
    public SemanticTokensOptions? SemanticTokensProvider { get; init; }
    public JsonElement? MonikerProvider { get; init; }
    public JsonElement? TypeHierarchyProvider { get; init; }
    public JsonElement? InlineValueProvider { get; init; }
    public bool? InlayHintProvider { get; init; }
    public DiagnosticOptions? DiagnosticProvider { get; init; }
    public JsonElement? InlineCompletionProvider { get; init; }
    public WorkspaceOptions? Workspace { get; init; }
    public JsonElement? Experimental { get; init; }
}

internal enum TextDocumentSyncKind { None = 0, Full = 1, Incremental = 2 }

internal sealed record TextDocumentSyncOptions
{
    public bool? OpenClose { get; init; }
    public TextDocumentSyncKind? Change { get; init; }
    public bool? WillSave { get; init; }
    public bool? WillSaveWaitUntil { get; init; }
    public SaveOptions? Save { get; init; }
}

internal sealed record SaveOptions
{
    public bool? IncludeText { get; init; }
}

internal sealed record CompletionOptions
{
    public bool? WorkDoneProgress { get; init; }
    public string[]? TriggerCharacters { get; init; }
    public string[]? AllCommitCharacters { get; init; }
    public bool? ResolveProvider { get; init; }
    public ServerCompletionItemOptions? CompletionItem { get; init; }
}

internal sealed record ServerCompletionItemOptions
{
    public bool? LabelDetailsSupport { get; init; }
}

internal sealed record DiagnosticOptions(bool InterFileDependencies, bool WorkspaceDiagnostics)
{
    public bool? WorkDoneProgress { get; init; }
    public string? Identifier { get; init; }
}

internal sealed record WorkspaceOptions
{
    public WorkspaceFoldersServerCapabilities? WorkspaceFolders { get; init; }
    public JsonElement? FileOperations { get; init; }
    public TextDocumentContentOptions? TextDocumentContent { get; init; }
}

internal sealed record WorkspaceFoldersServerCapabilities
{
    public bool? Supported { get; init; }
    public bool? ChangeNotifications { get; init; }
}
