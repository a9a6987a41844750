using System.Text.Json;
using System.Text.Json.Serialization;

namespace KfuncLsp.Server.Lsp.Protocol;

internal sealed record CodeActionParams(TextDocumentIdentifier TextDocument, Range Range, CodeActionContext Context)
{
    public JsonElement? WorkDoneToken { get; init; }
    public JsonElement? PartialResultToken { get; init; }
}

/// <summary>What the client shows at the place. The diagnostics stay raw: they may be of other servers.</summary>
internal sealed record CodeActionContext(JsonElement[] Diagnostics)
{
    public string[]? Only { get; init; }
    public int? TriggerKind { get; init; }
}

internal sealed record CodeAction(string Title)
{
    public string? Kind { get; init; }
    public JsonElement[]? Diagnostics { get; init; }
    public bool? IsPreferred { get; init; }
    public JsonElement? Disabled { get; init; }
    public WorkspaceEdit? Edit { get; init; }
    public JsonElement? Command { get; init; }
    public CodeActionData? Data { get; init; }
    public int[]? Tags { get; init; }
}

/// <summary>What an action carries to <c>codeAction/resolve</c>. Ours, not the protocol's.</summary>
internal sealed record CodeActionData(string Uri, int Version, string Id, string Title, int Start);

/// <summary>Kinds of <see cref="CodeAction"/>.</summary>
internal static class CodeActionKind
{
    public const string QuickFix = "quickfix";
    public const string FixAll = "source.fixAll.kfunc";
}

internal sealed record WorkspaceEdit
{
    public IReadOnlyDictionary<string, TextEdit[]>? Changes { get; init; }
    public TextDocumentEdit[]? DocumentChanges { get; init; }
    public JsonElement? ChangeAnnotations { get; init; }
}

internal sealed record TextDocumentEdit(OptionalVersionedTextDocumentIdentifier TextDocument, TextEdit[] Edits);

internal sealed record OptionalVersionedTextDocumentIdentifier(string Uri, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Version);

internal sealed record CodeActionOptions
{
    public bool? WorkDoneProgress { get; init; }
    public string[]? CodeActionKinds { get; init; }
    public JsonElement? Documentation { get; init; }
    public bool? ResolveProvider { get; init; }
}

internal sealed record CodeActionClientCapabilities
{
    public bool? DynamicRegistration { get; init; }
    public JsonElement? CodeActionLiteralSupport { get; init; }
    public bool? IsPreferredSupport { get; init; }
    public bool? DisabledSupport { get; init; }
    public bool? DataSupport { get; init; }
    public ClientCodeActionResolveOptions? ResolveSupport { get; init; }
    public bool? HonorsChangeAnnotations { get; init; }
    public bool? DocumentationSupport { get; init; }
    public JsonElement? TagSupport { get; init; }
}

internal sealed record ClientCodeActionResolveOptions(string[] Properties);
