using System.Collections.Immutable;
using System.Text.Json;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Server.Lsp;

/// <summary>What was agreed with the client in <c>initialize</c>.</summary>
internal sealed class ClientSession
{
    private volatile ClientCapabilities _capabilities = new();

    public ClientCapabilities Capabilities => _capabilities;

    public PositionEncoding Encoding { get; private set; } = PositionEncoding.Utf16;

    public ImmutableArray<string> Folders { get; set; } = [];

    /// <summary>What the editor's settings say.</summary>
    public EditorSettings Settings { get; set; } = EditorSettings.None;

    /// <summary>Whether the client watches files for us.</summary>
    public bool WatchesFiles => Capabilities.Workspace?.DidChangeWatchedFiles?.DynamicRegistration == true;

    /// <summary>Whether the client asks for diagnostics; then none are pushed.</summary>
    public bool Pulls => Capabilities.TextDocument?.Diagnostic is not null;

    /// <summary>Whether the client shows progress that it did not ask for.</summary>
    public bool ShowsProgress => Capabilities.Window?.WorkDoneProgress == true;

    public bool HoverIsMarkdown => Prefers(Capabilities.TextDocument?.Hover?.ContentFormat);

    public bool CompletionIsMarkdown => Prefers(Capabilities.TextDocument?.Completion?.CompletionItem?.DocumentationFormat);

    public bool SignatureIsMarkdown => Prefers(Capabilities.TextDocument?.SignatureHelp?.SignatureInformation?.DocumentationFormat);

    /// <summary>Whether a parameter may be named by its place in the signature.</summary>
    public bool TakesLabelOffsets => Capabilities.TextDocument?.SignatureHelp?.SignatureInformation?.ParameterInformation?.LabelOffsetSupport == true;

    /// <summary>Whether the client asks for documents that are no files, as LSP 3.18 has it.</summary>
    public bool ReadsContent => Capabilities.Workspace?.TextDocumentContent is not null;

    /// <summary>The same, or our own plugin's way of it.</summary>
    public bool ShowsVirtualDocuments => ReadsContent || (Capabilities.Experimental is { ValueKind: JsonValueKind.Object } own
        && own.TryGetProperty("virtualDocuments", out var has) && has.ValueKind == JsonValueKind.True);

    public bool HasSymbolTrees => Capabilities.TextDocument?.DocumentSymbol?.HierarchicalDocumentSymbolSupport == true;

    public bool TagsDeprecatedItems => Capabilities.TextDocument?.Completion?.CompletionItem?.TagSupport?.ValueSet.Contains(CompletionItemTag.Deprecated) == true;

    /// <summary>Whether a deprecated choice is marked by the flag that came before tags.</summary>
    public bool MarksDeprecatedItems => !TagsDeprecatedItems && Capabilities.TextDocument?.Completion?.CompletionItem?.DeprecatedSupport == true;

    public bool TakesSnippets => Capabilities.TextDocument?.Completion?.CompletionItem?.SnippetSupport == true;

    public bool HasLabelDetails => Capabilities.TextDocument?.Completion?.CompletionItem?.LabelDetailsSupport == true;

    // Pulling clients of LSP 3.17 say what they can show where pushing ones do.
    public bool HasRelatedInformation => (Pull?.RelatedInformation ?? Push?.RelatedInformation) == true;

    public bool HasCodeDescription => (Pull?.CodeDescriptionSupport ?? Push?.CodeDescriptionSupport) == true;

    public bool HasTag(DiagnosticTag tag) => (Pull?.TagSupport ?? Push?.TagSupport)?.ValueSet.Contains(tag) == true;

    public bool HasCodeActions => Capabilities.TextDocument?.CodeAction?.CodeActionLiteralSupport is not null;

    public bool ShowsPreferred => Capabilities.TextDocument?.CodeAction?.IsPreferredSupport == true;

    /// <summary>Whether the edit of an action may be sent when it is chosen.</summary>
    public bool ResolvesEdits => Capabilities.TextDocument?.CodeAction is { DataSupport: true, ResolveSupport: { } resolve } && resolve.Properties.Contains("edit");

    /// <summary>Whether an edit may name the version of the document that it is for.</summary>
    public bool HasDocumentChanges => Capabilities.Workspace?.WorkspaceEdit is { ValueKind: System.Text.Json.JsonValueKind.Object } edit
        && edit.TryGetProperty("documentChanges", out var changes) && changes.ValueKind == System.Text.Json.JsonValueKind.True;

    public bool HasRelatedDocuments => Capabilities.TextDocument?.Diagnostic?.RelatedDocumentSupport == true;

    public void Begin(InitializeParams parameters)
    {
        _capabilities = parameters.Capabilities;
        Encoding = Positions.Choose(Capabilities.General?.PositionEncodings);
        var uris = parameters.WorkspaceFolders?.Select(f => f.Uri) ?? (parameters.RootUri is { } root ? [root] : []);
        Folders = [.. uris.Select(Uris.PathOf).OfType<string>()];
    }

    private DiagnosticClientCapabilities? Pull => Capabilities.TextDocument?.Diagnostic;

    private PublishDiagnosticsClientCapabilities? Push => Capabilities.TextDocument?.PublishDiagnostics;

    private static bool Prefers(string[]? formats) => formats is null or [] || formats[0] == MarkupKind.Markdown || !formats.Contains(MarkupKind.PlainText);
}
