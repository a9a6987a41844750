using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

internal sealed record SignatureHelpParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public JsonElement? WorkDoneToken { get; init; }
    public JsonElement? Context { get; init; }
}

internal sealed record SignatureHelp(SignatureInformation[] Signatures)
{
    public uint? ActiveSignature { get; init; }
    public uint? ActiveParameter { get; init; }
}

internal sealed record SignatureInformation(string Label)
{
    public MarkupContent? Documentation { get; init; }
    public ParameterInformation[]? Parameters { get; init; }
    public uint? ActiveParameter { get; init; }
}

/// <summary>A parameter; its label is a text, or two offsets into the signature's.</summary>
internal sealed record ParameterInformation(JsonElement Label)
{
    public MarkupContent? Documentation { get; init; }
}

internal sealed record SignatureHelpOptions
{
    public bool? WorkDoneProgress { get; init; }
    public string[]? TriggerCharacters { get; init; }
    public string[]? RetriggerCharacters { get; init; }
}
