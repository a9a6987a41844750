using System.Text.Json;
using System.Text.Unicode;

namespace KfuncLsp.Server.Lsp.Rpc;

/// <summary>What a message is, before anyone reads its parameters.</summary>
internal enum EnvelopeKind { Request, Notification, Response, Malformed, Invalid }

/// <summary>A message taken apart as far as JSON-RPC goes.</summary>
/// <remarks>Shape: <see cref="Problem"/> is set where the message is <see cref="EnvelopeKind.Malformed"/> (no JSON) or <see cref="EnvelopeKind.Invalid"/> (no JSON-RPC).</remarks>
internal sealed record Envelope(EnvelopeKind Kind, string Method = "", JsonElement? Id = null, string Problem = "")
{
    /// <summary>The result of a <see cref="EnvelopeKind.Response"/>; null for an error.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The error's text of a <see cref="EnvelopeKind.Response"/>.</summary>
    public string? Error { get; init; }

    /// <summary>The parameters, where they are there and not null.</summary>
    public JsonElement? Params { get; init; }

    public static Envelope Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) return new(EnvelopeKind.Malformed, Problem: "The message is not UTF-8");
        JsonElement root;
        try
        {
            root = JsonElement.Parse(body.Span);
        }
        catch (JsonException error)
        {
            return new(EnvelopeKind.Malformed, Problem: $"The message is not JSON: {error.Message}");
        }

        if (root.ValueKind != JsonValueKind.Object) return Invalid(null, "A message is one JSON object");
        JsonElement? id = root.TryGetProperty("id"u8, out var found) ? found : null;
        if (id is { } given && !IsId(given)) return Invalid(null, "An id is a string or an integer");
        if (!root.TryGetProperty("jsonrpc"u8, out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"u8))
            return Invalid(id, "A message says \"jsonrpc\": \"2.0\"");

        if (root.TryGetProperty("method"u8, out var method))
        {
            if (method.ValueKind != JsonValueKind.String) return Invalid(id, "A method is a string");
            var hasParams = root.TryGetProperty("params"u8, out var parameters) && parameters.ValueKind != JsonValueKind.Null;
            if (hasParams && parameters.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return Invalid(id, "Parameters are an object or an array");
            return TextOf(method) is not { } name ? Invalid(id, "A method is text") : new(id is null ? EnvelopeKind.Notification : EnvelopeKind.Request, name, id) { Params = hasParams ? parameters : null };
        }

        var hasError = root.TryGetProperty("error"u8, out var error2);
        var hasResult = root.TryGetProperty("result"u8, out var result);
        if (!hasError && !hasResult) return Invalid(id, "A message has a method, a result or an error");
        return new(EnvelopeKind.Response, Id: id)
        {
            Result = hasError ? null : result,
            Error = hasError ? error2.ToString() : null,
        };
    }

    /// <summary>Null where an escape stands for half a character, at which the reader throws.</summary>
    private static string? TextOf(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Envelope Invalid(JsonElement? id, string problem) => new(EnvelopeKind.Invalid, Id: id, Problem: problem);

    private static bool IsId(JsonElement id) =>
        id.ValueKind == JsonValueKind.String || (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _));
}
