using System.Text.Json;
using Microsoft.Extensions.Logging;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace KfuncLsp.Server.Lsp.Rpc;

/// <summary>StreamJsonRpc with LSP's error codes.</summary>
internal sealed class LspConnection(LspMessageHandler handler, ILogger log) : JsonRpc(handler)
{
    protected override JsonRpcError.ErrorDetail CreateErrorDetails(JsonRpcRequest request, Exception exception)
    {
        var error = exception is AggregateException { InnerExceptions: [var only] } ? only : exception;
        switch (error)
        {
            case LocalRpcException told:
                return new() { Code = (JsonRpcErrorCode)told.ErrorCode, Message = told.Message, Data = told.ErrorData };
            case OperationCanceledException:
                return new() { Code = (JsonRpcErrorCode)LspErrorCode.RequestCancelled, Message = "The request was cancelled" };
            case RpcArgumentDeserializationException or JsonException:
                return new() { Code = JsonRpcErrorCode.InvalidParams, Message = $"The parameters of {request.Method} have the wrong shape: {(error.InnerException ?? error).Message}" };
            default:
                log.LogError(error, "{Method} failed", request.Method);
                return new() { Code = JsonRpcErrorCode.InternalError, Message = $"{request.Method} failed: {error.Message}" };
        }
    }
}
