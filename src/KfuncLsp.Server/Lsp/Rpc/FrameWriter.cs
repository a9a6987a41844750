using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KfuncLsp.Server.Lsp.Rpc;

/// <summary>Writes messages, whole and one at a time, from any thread.</summary>
internal sealed class FrameWriter(Stream output)
{
    private readonly SemaphoreSlim _turn = new(1);

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            // Once begun, a message is finished: half of one would make everything after it garbage.
            await output.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), CancellationToken.None);
            await output.WriteAsync(body, CancellationToken.None);
            await output.FlushAsync(CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A notification, or a request where there is an id.</summary>
    public ValueTask WriteCallAsync<T>(string method, T parameters, JsonTypeInfo<T> type, string? id, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            if (id is not null) json.WriteString("id"u8, id);
            json.WriteString("method"u8, method);
            if (parameters is not null)
            {
                json.WritePropertyName("params"u8);
                JsonSerializer.Serialize(json, parameters, type);
            }

            json.WriteEndObject();
        }

        return WriteAsync(buffer.WrittenMemory, cancel);
    }

    /// <summary>An error for a message that reaches no handler.</summary>
    /// <remarks>Shape: <paramref name="id"/> is the request's id as it was written, or null where it had none that could be read.</remarks>
    public ValueTask WriteErrorAsync(JsonElement? id, int code, string message, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WritePropertyName("id"u8);
            if (id is { } known) known.WriteTo(json);
            else json.WriteNullValue();
            json.WriteStartObject("error"u8);
            json.WriteNumber("code"u8, code);
            json.WriteString("message"u8, message);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return WriteAsync(buffer.WrittenMemory, cancel);
    }
}
