using System.Buffers;
using System.Text;
using System.Text.Json;
using KfuncLsp.Server.Lsp.Protocol;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace KfuncLsp.Server.Lsp.Rpc;

/// <summary>JSON for StreamJsonRpc through serializers made at build time: no reflection, no dynamic code.</summary>
internal sealed class LspFormatter : IJsonRpcMessageFormatter
{
    public JsonRpcMessage Deserialize(ReadOnlySequence<byte> contentBuffer) => Request(Envelope.Read(contentBuffer.ToArray()));

    /// <summary>A request or notification that was taken apart already.</summary>
    public static JsonRpcRequest Request(Envelope envelope)
    {
        if (envelope.Kind is not (EnvelopeKind.Request or EnvelopeKind.Notification)) throw new JsonException(envelope.Problem);
        var request = new LspRequest(envelope.Params) { Method = envelope.Method };
        if (envelope.Id is { } id) request.RequestId = IdOf(id);
        return request;
    }

    public static RequestId IdOf(JsonElement id) => id.ValueKind == JsonValueKind.String ? new(id.GetString()!) : new(id.GetInt64());

    public void Serialize(IBufferWriter<byte> bufferWriter, JsonRpcMessage message)
    {
        using var json = new Utf8JsonWriter(bufferWriter);
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        switch (message)
        {
            case JsonRpcResult result:
                WriteId(json, result.RequestId);
                json.WritePropertyName("result"u8);
                WriteValue(json, result.Result);
                break;
            case JsonRpcError { Error: { } detail } error:
                WriteId(json, error.RequestId);
                json.WriteStartObject("error"u8);
                json.WriteNumber("code"u8, (int)detail.Code);
                json.WriteString("message"u8, detail.Message ?? "");
                if (detail.Data is JsonElement data)
                {
                    json.WritePropertyName("data"u8);
                    data.WriteTo(json);
                }

                json.WriteEndObject();
                break;
            default:
                throw new NotSupportedException($"{message.GetType().Name} is not sent through StreamJsonRpc");
        }

        json.WriteEndObject();
    }

    public object GetJsonText(JsonRpcMessage message)
    {
        if (message is JsonRpcRequest request) return request.Method ?? "";
        var buffer = new ArrayBufferWriter<byte>();
        Serialize(buffer, message);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        if (value is null) json.WriteNullValue();
        else JsonSerializer.Serialize(json, value, LspJson.Default.GetTypeInfo(value.GetType()) ?? throw new NotSupportedException($"{value.GetType().Name} has no serializer"));
    }

    private static void WriteId(Utf8JsonWriter json, RequestId id)
    {
        if (id.String is { } text) json.WriteString("id"u8, text);
        else if (id.Number is { } number) json.WriteNumber("id"u8, number);
        else json.WriteNull("id"u8);
    }
}
