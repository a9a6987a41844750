using System.Reflection;
using System.Text.Json;
using KfuncLsp.Server.Lsp.Protocol;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace KfuncLsp.Server.Lsp.Rpc;

/// <summary>A request whose parameters are read when the method is known: LSP passes one object, whatever its members are.</summary>
internal sealed class LspRequest(JsonElement? parameters) : JsonRpcRequest
{
    public override ArgumentMatchResult TryGetTypedArguments(ReadOnlySpan<ParameterInfo> parameterInfos, Span<object?> typedArguments)
    {
        for (var i = 0; i < parameterInfos.Length; i++)
        {
            var type = parameterInfos[i].ParameterType;
            if (type == typeof(CancellationToken)) continue;
            typedArguments[i] = type == typeof(RequestId) ? CancelledId() : Read(type, i);
        }

        return ArgumentMatchResult.Success;
    }

    /// <summary>The one parameter of <c>$/cancelRequest</c>, which StreamJsonRpc serves itself.</summary>
    private object CancelledId() =>
        parameters is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("id", out var id)
        && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? LspFormatter.IdOf(id)
            : throw new RpcArgumentDeserializationException("id is missing");

    private object? Read(Type type, int position)
    {
        if (type == typeof(EmptyParams)) return new EmptyParams();
        try
        {
            var shape = LspJson.Default.GetTypeInfo(type) ?? throw new NotSupportedException($"{type.Name} has no serializer");
            return parameters is { } given && given.Deserialize(shape) is { } value ? value : throw new JsonException("parameters are missing");
        }
        catch (JsonException error)
        {
            throw new RpcArgumentDeserializationException("params", position, type, error);
        }
    }
}
