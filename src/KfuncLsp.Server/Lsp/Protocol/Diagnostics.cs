using System.Text.Json;
using System.Text.Json.Serialization;

namespace KfuncLsp.Server.Lsp.Protocol;

internal enum DiagnosticSeverity { Error = 1, Warning = 2, Information = 3, Hint = 4 }

internal enum DiagnosticTag { Unnecessary = 1, Deprecated = 2 }

internal sealed record Diagnostic(Range Range, string Message)
{
    public DiagnosticSeverity? Severity { get; init; }
    public string? Code { get; init; }
    public CodeDescription? CodeDescription { get; init; }
    public string? Source { get; init; }
    public DiagnosticTag[]? Tags { get; init; }
    public DiagnosticRelatedInformation[]? RelatedInformation { get; init; }
    public JsonElement? Data { get; init; }
}

internal sealed record CodeDescription(string Href);

internal sealed record DiagnosticRelatedInformation(Location Location, string Message);

internal sealed record PublishDiagnosticsParams(string Uri, Diagnostic[] Diagnostics)
{
    public int? Version { get; init; }
}

internal sealed record DocumentDiagnosticParams(TextDocumentIdentifier TextDocument)
{
    public JsonElement? WorkDoneToken { get; init; }
    public JsonElement? PartialResultToken { get; init; }
    public string? Identifier { get; init; }
    public string? PreviousResultId { get; init; }
}

/// <summary>A full or unchanged report: <see cref="Items"/> with the one, <see cref="ResultId"/> alone with the other.</summary>
internal sealed record DocumentDiagnosticReport(string Kind)
{
    public string? ResultId { get; init; }
    public Diagnostic[]? Items { get; init; }

    /// <summary>Reports of other documents that this one decides.</summary>
    public IReadOnlyDictionary<string, DocumentDiagnosticReport>? RelatedDocuments { get; init; }

    public const string Full = "full";
    public const string Unchanged = "unchanged";
}

internal sealed record WorkspaceDiagnosticParams(PreviousResultId[] PreviousResultIds)
{
    public JsonElement? WorkDoneToken { get; init; }
    public JsonElement? PartialResultToken { get; init; }
    public string? Identifier { get; init; }
}

internal sealed record PreviousResultId(string Uri, string Value);

internal sealed record WorkspaceDiagnosticReport(WorkspaceDocumentDiagnosticReport[] Items);

/// <summary>As <see cref="DocumentDiagnosticReport"/>, of one document of the workspace.</summary>
internal sealed record WorkspaceDocumentDiagnosticReport(
    string Kind, string Uri, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Version)
{
    public string? ResultId { get; init; }
    public Diagnostic[]? Items { get; init; }
}

/// <summary>The data of an error that tells the client whether to ask again.</summary>
internal sealed record DiagnosticServerCancellationData(bool RetriggerRequest);
