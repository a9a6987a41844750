using System.Text.Json.Serialization;

namespace KfuncLsp.Server.Lsp.Protocol;

/// <summary>A place in a document. Units: both 0-based; the column in the negotiated encoding.</summary>
[method: JsonConstructor]
internal readonly record struct Position(uint Line, uint Character);

/// <summary>A half-open stretch of a document.</summary>
[method: JsonConstructor]
internal readonly record struct Range(Position Start, Position End);

/// <summary>A stretch of a document, with the document.</summary>
internal sealed record Location(string Uri, Range Range);

internal sealed record TextDocumentIdentifier(string Uri);

internal sealed record VersionedTextDocumentIdentifier(string Uri, int Version);

/// <summary>Text with its format, a <see cref="MarkupKind"/>.</summary>
internal sealed record MarkupContent(string Kind, string Value);

internal sealed record TextEdit(Range Range, string NewText);

/// <summary>How text is to be shown.</summary>
internal static class MarkupKind
{
    public const string PlainText = "plaintext";
    public const string Markdown = "markdown";
}

/// <summary>What columns count.</summary>
internal static class PositionEncodingKind
{
    public const string Utf8 = "utf-8";
    public const string Utf16 = "utf-16";
    public const string Utf32 = "utf-32";
}

/// <summary>Kinds of <see cref="WindowMessageParams"/>.</summary>
internal enum MessageType { Error = 1, Warning = 2, Info = 3, Log = 4, Debug = 5 }

/// <summary>The parameters of <c>window/logMessage</c> and of <c>window/showMessage</c>.</summary>
internal sealed record WindowMessageParams(MessageType Type, string Message);

/// <summary>The parameters of a method that has an empty object for them.</summary>
internal sealed record EmptyParams;

/// <summary>The parameters of <c>$/setTrace</c>.</summary>
internal sealed record SetTraceParams(string Value);
