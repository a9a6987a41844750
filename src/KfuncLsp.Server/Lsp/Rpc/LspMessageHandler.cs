using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace KfuncLsp.Server.Lsp.Rpc;

/// <summary>Stands between the streams and StreamJsonRpc: a bad message is answered here and costs nothing else.</summary>
/// <remarks>
/// StreamJsonRpc drops the connection on a message that it cannot read, and knows no life cycle. Here each body is taken apart first:
/// what is no JSON, no JSON-RPC, or out of turn gets its error at once; only what is in order is passed on.
/// Calls to the client are written and answered here, too, so that their parameters are serialized without reflection.
/// </remarks>
internal sealed class LspMessageHandler : MessageHandlerBase
{
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly ILogger _log;
    private readonly LifecycleGate _gate = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement?>> _asked = new();
    private readonly ConcurrentDictionary<RequestId, string> _open = new();
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastId;

    public LspMessageHandler(Stream input, Stream output, IJsonRpcMessageFormatter formatter, ILogger log) : base(formatter)
    {
        _reader = new(input);
        _writer = new(output);
        _log = log;
    }

    /// <summary>The exit code, when the session is over: by <c>exit</c>, the end of the input, or input that is no LSP.</summary>
    public Task<int> Exit => _exit.Task;

    public override bool CanRead => true;
    public override bool CanWrite => true;

    /// <summary>Ends the session from our side.</summary>
    public void End(int exitCode) => _exit.TrySetResult(exitCode);

    public async Task NotifyAsync<T>(string method, T parameters, JsonTypeInfo<T> type)
    {
        try
        {
            await _writer.WriteCallAsync(method, parameters, type, id: null, DisposalToken);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            _log.LogDebug("{Method} was not sent: {Error}", method, error.Message);
        }
    }

    /// <summary>Asks the client; null where it answers with an error, or with null.</summary>
    public async Task<JsonElement?> RequestAsync<T>(string method, T parameters, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        var id = $"kfunc-{Interlocked.Increment(ref _lastId)}";
        var answer = new TaskCompletionSource<JsonElement?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        await _writer.WriteCallAsync(method, parameters, type, id, cancel);
        return await answer.Task.WaitAsync(cancel);
    }

    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            byte[]? body;
            try
            {
                body = await _reader.ReadAsync(cancellationToken);
            }
            catch (Exception error) when (error is InvalidDataException or IOException)
            {
                _log.LogError("The session ends: {Error}", error.Message);
                _exit.TrySetResult(1);
                return null;
            }

            if (body is null)
            {
                if (!_gate.WasShutDown) _log.LogWarning("The client closed the connection without shutdown");
                _exit.TrySetResult(_gate.WasShutDown ? 0 : 1);
                return null;
            }

            var envelope = Envelope.Read(body);
            if (await AnswerHereAsync(envelope, cancellationToken)) continue;
            if (_exit.Task.IsCompleted) return null;
            var request = LspFormatter.Request(envelope);
            if (request.IsResponseExpected) _open[request.RequestId] = envelope.Method;
            return request;
        }
    }

    protected override async ValueTask WriteCoreAsync(JsonRpcMessage content, CancellationToken cancellationToken)
    {
        if (content is IJsonRpcMessageWithId { } answer && _open.TryRemove(answer.RequestId, out var method) && method == "initialize" && content is JsonRpcError)
            _gate.InitializeFailed();

        // StreamJsonRpc puts what went wrong with its stack into the data; a client wants one line.
        if (content is JsonRpcError { Error: { Data: CommonErrorData { } fault } detail })
        {
            detail.Message = $"The parameters have the wrong shape: {Innermost(fault).Message}";
            detail.Data = null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        Formatter.Serialize(buffer, content);
        await _writer.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }

    protected override ValueTask FlushAsync(CancellationToken cancellationToken) => default;

    /// <summary>Deals with what must not reach the handlers. False: pass it on, unless the session is over.</summary>
    private async ValueTask<bool> AnswerHereAsync(Envelope envelope, CancellationToken cancel)
    {
        switch (envelope.Kind)
        {
            case EnvelopeKind.Malformed:
                return await RefuseAsync(null, LspErrorCode.ParseError, envelope.Problem, cancel);
            case EnvelopeKind.Invalid:
                return await RefuseAsync(envelope.Id, LspErrorCode.InvalidRequest, envelope.Problem, cancel);
            case EnvelopeKind.Response:
                Settle(envelope);
                return true;
        }

        var isRequest = envelope.Kind == EnvelopeKind.Request;
        switch (_gate.Admit(envelope.Method, isRequest))
        {
            case GateAnswer.Pass:
                return false;
            case GateAnswer.Drop:
                _log.LogDebug("{Method} came out of turn and is dropped", envelope.Method);
                return true;
            case GateAnswer.NotInitialized:
                return await RefuseAsync(envelope.Id, LspErrorCode.ServerNotInitialized, "The first request must be initialize", cancel);
            case GateAnswer.InitializedTwice:
                return await RefuseAsync(envelope.Id, LspErrorCode.InvalidRequest, "initialize was sent before", cancel);
            case GateAnswer.ShutDown:
                return await RefuseAsync(envelope.Id, LspErrorCode.InvalidRequest, "The server was shut down", cancel);
            default:
                await AnswersWrittenAsync();
                _exit.TrySetResult(_gate.WasShutDown ? 0 : 1);
                return false;
        }
    }

    private async ValueTask<bool> RefuseAsync(JsonElement? id, int code, string problem, CancellationToken cancel)
    {
        _log.LogWarning("A message was refused ({Code}): {Problem}", code, problem);
        await _writer.WriteErrorAsync(id, code, problem, cancel);
        return true;
    }

    private void Settle(Envelope envelope)
    {
        if (envelope.Id is not { ValueKind: JsonValueKind.String } id || !_asked.TryRemove(id.GetString()!, out var answer))
        {
            _log.LogDebug("An answer to nothing that was asked");
            return;
        }

        if (envelope.Error is { } error) _log.LogDebug("The client answered with an error: {Error}", error);
        answer.TrySetResult(envelope.Result);
    }

    /// <summary>Gives requests before <c>exit</c> a moment to be answered: a client may send shutdown and exit at once.</summary>
    private async Task AnswersWrittenAsync()
    {
        for (var i = 0; i < 50 && !_open.IsEmpty; i++) await Task.Delay(20);
    }

    private static CommonErrorData Innermost(CommonErrorData fault) => fault.Inner is { } inner ? Innermost(inner) : fault;
}
