using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using KfuncLsp.Registry;
using KfuncLsp.Server.Lsp;
using KfuncLsp.Tests.Server.MetaModel;
using KfuncLsp.Tests.Workspace.Fakes;
using KfuncLsp.Workspace.Documents;
using Nerdbank.Streams;
using Xunit;

namespace KfuncLsp.Tests.Server;

/// <summary>A client of a server in this process or in another; every message is checked against the official model.</summary>
internal sealed class LspSession : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Stream _stream;
    private readonly Stream _input;
    private readonly MessageChecker _checker = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly Channel<JsonElement> _said = Channel.CreateUnbounded<JsonElement>();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Task _loop;
    private int _lastId;

    private LspSession(Stream toServer, Stream fromServer, Task<int> exit)
    {
        (_stream, _input, Exit) = (toServer, fromServer, exit);
        _loop = Task.Run(ReadAsync);
    }

    /// <summary>The server's exit code.</summary>
    public Task<int> Exit { get; }

    public StringWriter Log { get; private init; } = new();

    /// <summary>How the client answers the server's requests.</summary>
    public Func<string, JsonElement, JsonNode?> Answer { get; set; } = (_, _) => null;

    /// <summary>The methods that were called and, where they are requests, answered without an error; <c>FromClient</c>: by this client.</summary>
    public HashSet<(string Method, bool FromClient)> Methods => _checker.Methods;

    /// <summary>How often the server sent a notification.</summary>
    public int Said(string method) => _counts.GetValueOrDefault(method);

    /// <summary>Requests of the server that were seen.</summary>
    public ConcurrentQueue<string> ServerRequests { get; } = new();

    public static LspSession Start(WorkspaceServices services)
    {
        var (client, server) = FullDuplexStream.CreatePair();
        var log = new StringWriter();
        var exit = Task.Run(async () =>
        {
            await using var end = server;
            return await LspServer.RunAsync(server, server, new() { Services = services, Log = TextWriter.Synchronized(log), RulePages = "https://pages.test/rules/" });
        });
        return new(client, client, exit) { Log = log };
    }

    public static LspSession Over(Stream toServer, Stream fromServer, Task<int> exit) => new(toServer, fromServer, exit);

    /// <summary>A session on sketches, initialized.</summary>
    public static async Task<LspSession> OnSketchesAsync(JsonNode? capabilities = null, SketchUnits? units = null, SketchAnalysis? analysis = null, params string[] kernels)
    {
        var session = Start(SketchAnalysis.Services(units ?? new(), analysis ?? new(), kernels));
        await session.InitializeAsync(capabilities);
        return session;
    }

    public async Task<JsonElement> InitializeAsync(JsonNode? capabilities = null, JsonNode? options = null)
    {
        var parameters = new JsonObject { ["processId"] = null, ["rootUri"] = null, ["capabilities"] = capabilities ?? new JsonObject() };
        if (options is not null) parameters["initializationOptions"] = options;
        var result = await RequestAsync("initialize", parameters);
        await NotifyAsync("initialized", new JsonObject());
        return result;
    }

    /// <summary>Asks and waits. Errors: an error answer is thrown as <see cref="LspError"/>.</summary>
    public async Task<JsonElement> RequestAsync(string method, JsonNode? parameters, bool isDeliberatelyWrong = false)
    {
        var answer = await Send(method, parameters, isDeliberatelyWrong).Answer.WaitAsync(s_patience);
        return answer.TryGetProperty("error", out var error) ? throw new LspError(error) : answer.GetProperty("result");
    }

    /// <summary>Asks without waiting.</summary>
    public (int Id, Task<JsonElement> Answer) Send(string method, JsonNode? parameters, bool isDeliberatelyWrong = false)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = _asked[id.ToString()] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method };
        if (parameters is not null) message["params"] = parameters;
        var sent = WriteAsync(message, isDeliberatelyWrong);
        return (id, Wait());

        async Task<JsonElement> Wait()
        {
            await sent;
            return await answer.Task;
        }
    }

    public async Task<LspError> RefusedAsync(string method, JsonNode? parameters) =>
        await Assert.ThrowsAsync<LspError>(() => RequestAsync(method, parameters, isDeliberatelyWrong: true));

    public Task NotifyAsync(string method, JsonNode? parameters, bool isDeliberatelyWrong = false)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method };
        if (parameters is not null) message["params"] = parameters;
        return WriteAsync(message, isDeliberatelyWrong);
    }

    /// <summary>Writes bytes as they are, without header.</summary>
    public async Task WriteRawAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes);
        await _stream.FlushAsync();
    }

    /// <summary>Writes a body that need not be JSON.</summary>
    public Task WriteBodyAsync(string body) => WriteRawAsync(Encoding.UTF8.GetBytes($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    /// <summary>The next notification, or error without id, for which a test holds.</summary>
    public async Task<JsonElement> NextAsync(Func<JsonElement, bool> test)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            var message = await _said.Reader.ReadAsync(patience.Token);
            if (test(message)) return message;
        }
    }

    public async Task<JsonElement> NextAsync(string method) =>
        (await NextAsync(m => m.TryGetProperty("method", out var name) && name.GetString() == method)).GetProperty("params");

    /// <summary>The diagnostics published for a version of a document.</summary>
    public async Task<JsonElement[]> DiagnosticsAsync(string uri, int? version) =>
        [.. (await NextAsync(m => m.TryGetProperty("method", out var name) && name.GetString() == "textDocument/publishDiagnostics"
            && m.GetProperty("params").GetProperty("uri").GetString() == uri
            && (m.GetProperty("params").TryGetProperty("version", out var v) ? v.GetInt32() : null as int?) == version))
            .GetProperty("params").GetProperty("diagnostics").EnumerateArray()];

    public Task OpenAsync(string uri, string text, int version = 1) =>
        NotifyAsync("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "c", ["version"] = version, ["text"] = text },
        });

    public Task ChangeAsync(string uri, int version, params JsonNode[] changes) =>
        NotifyAsync("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
            ["contentChanges"] = new JsonArray(changes),
        });

    public static JsonObject Change(int startLine, int startColumn, int endLine, int endColumn, string text) =>
        new() { ["range"] = Range(startLine, startColumn, endLine, endColumn), ["text"] = text };

    public static JsonObject Range(int startLine, int startColumn, int endLine, int endColumn) =>
        new() { ["start"] = Position(startLine, startColumn), ["end"] = Position(endLine, endColumn) };

    public static JsonObject Position(int line, int column) => new() { ["line"] = line, ["character"] = column };

    public static JsonObject At(string uri, int line, int column) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["position"] = Position(line, column) };

    public static JsonNode Json(string text) => JsonNode.Parse(text)!;

    /// <summary>Ends the session in order and tells what was against the protocol.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Exit.IsCompleted)
        {
            await RequestAsync("shutdown", null);
            await NotifyAsync("exit", null);
        }

        await Exit.WaitAsync(s_patience);
        await _loop.WaitAsync(s_patience);
        await _stream.DisposeAsync();
        Assert.Empty(_checker.Problems);
        Assert.True(_checker.Messages > 0);
    }

    private async Task WriteAsync(JsonObject message, bool isDeliberatelyWrong)
    {
        var body = message.ToJsonString();
        _checker.See(JsonElement.Parse(body), fromClient: true, isDeliberatelyWrong);
        await _turn.WaitAsync();
        try
        {
            await WriteBodyAsync(body);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await ReadBodyAsync() is { } body)
            {
                var message = JsonElement.Parse(body);
                _checker.See(message, fromClient: false);
                if (message.TryGetProperty("method", out var method) && message.TryGetProperty("id", out var id))
                {
                    ServerRequests.Enqueue(method.GetString()!);
                    var result = Answer(method.GetString()!, message);
                    await WriteAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = JsonNode.Parse(id.GetRawText()), ["result"] = result }, false);
                }
                else if (message.TryGetProperty("id", out var answered) && answered.ValueKind != JsonValueKind.Null)
                {
                    if (_asked.TryRemove(answered.GetRawText(), out var waiting)) waiting.TrySetResult(message);
                }
                else
                {
                    if (message.TryGetProperty("method", out var notified)) _counts.AddOrUpdate(notified.GetString()!, 1, (_, count) => count + 1);
                    _said.Writer.TryWrite(message);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The session is over.
        }

        _said.Writer.TryComplete();
        foreach (var waiting in _asked.Values) waiting.TrySetException(new IOException("the server is gone"));
    }

    private async Task<byte[]?> ReadBodyAsync()
    {
        var length = -1;
        while (await ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                if (line.StartsWith("Content-Length:", StringComparison.Ordinal)) length = int.Parse(line["Content-Length:".Length..]);
                continue;
            }

            Assert.True(length >= 0, "a message without length");
            var body = new byte[length];
            await _input.ReadExactlyAsync(body);
            return body;
        }

        return null;
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await _input.ReadAsync(one) == 1)
        {
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }
}

/// <summary>An error answer.</summary>
internal sealed class LspError(JsonElement error) : Exception(error.GetProperty("message").GetString())
{
    public int Code => error.GetProperty("code").GetInt32();

    public JsonElement? ErrorData => error.TryGetProperty("data", out var data) ? data : null;
}
