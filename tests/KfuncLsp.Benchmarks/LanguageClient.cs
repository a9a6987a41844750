using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KfuncLsp.Benchmarks;

/// <summary>As much of a client as a measurement needs: one server process, one document.</summary>
internal sealed class LanguageClient : IDisposable
{
    private readonly Process _server;
    private readonly Stream _input;
    private readonly Stream _output;
    private int _requests;

    /// <summary>Starts a server. Shape: <paramref name="cache"/> is where it may keep things; null is where it does so for its user.</summary>
    public LanguageClient(string server, IEnumerable<string> arguments, string directory, string? cache = null)
    {
        var isLibrary = server.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : server, [.. isLibrary ? [server] : Array.Empty<string>(), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory,
        };
        if (cache is not null) start.Environment["XDG_CACHE_HOME"] = cache;
        _server = Process.Start(start)!;
        _server.ErrorDataReceived += (_, line) => Log.AppendLine(line.Data);
        _server.BeginErrorReadLine();
        _input = _server.StandardInput.BaseStream;
        _output = _server.StandardOutput.BaseStream;
    }

    /// <summary>What the server wrote on standard error.</summary>
    public StringBuilder Log { get; } = new();

    /// <summary>What the server's own process has worked so far; its parsers are others.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _server.Refresh();
            return _server.TotalProcessorTime;
        }
    }

    public int ProcessId => _server.Id;

    /// <summary>Greets the server and waits for its answer.</summary>
    public void Initialize(string directory)
    {
        Request("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = new Uri(directory).AbsoluteUri,
            ["capabilities"] = new JsonObject
            {
                ["textDocument"] = new JsonObject { ["publishDiagnostics"] = new JsonObject { ["versionSupport"] = true, ["relatedInformation"] = true } },
            },
        });
        Notify("initialized", new JsonObject());
    }

    public void Open(string path, string text) => Notify("textDocument/didOpen", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = new Uri(path).AbsoluteUri, ["languageId"] = "c", ["version"] = 1, ["text"] = text },
    });

    /// <summary>Sends a change and waits for its diagnostics. Units: milliseconds.</summary>
    public double Edited(JsonObject change) => Times.Timed(() =>
    {
        Notify("textDocument/didChange", change.DeepClone());
        WaitForDiagnostics((int)change["textDocument"]!["version"]!);
    });

    public void Close(string path) =>
        Notify("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = new Uri(path).AbsoluteUri } });

    public void Notify(string method, JsonNode parameters) =>
        Write(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>Sends a request and waits for its answer.</summary>
    public JsonNode? Request(string method, JsonNode? parameters)
    {
        var id = ++_requests;
        var request = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method };
        if (parameters is not null) request["params"] = parameters;
        Write(request);
        return WaitFor(m => m["id"]?.GetValueKind() == JsonValueKind.Number && (int)m["id"]! == id && m["method"] is null)["result"];
    }

    /// <summary>Waits for the diagnostics of a version of a document.</summary>
    public JsonArray WaitForDiagnostics(int version) =>
        (JsonArray)WaitFor(m => (string?)m["method"] == "textDocument/publishDiagnostics" && (int?)m["params"]!["version"] == version)["params"]!["diagnostics"]!;

    private JsonNode WaitFor(Func<JsonNode, bool> isIt)
    {
        while (true)
        {
            var message = Read();
            if (isIt(message)) return message;
            // Requests of the server (registrations, configuration) want an answer.
            if (message["method"] is not null && message["id"] is { } id)
                Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = null });
        }
    }

    private void Write(JsonNode message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        _input.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
        _input.Write(body);
        _input.Flush();
    }

    private JsonNode Read()
    {
        var length = 0;
        for (var line = ReadLine(); line.Length > 0; line = ReadLine())
            if (line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) length = int.Parse(line[16..], CultureInfo.InvariantCulture);
        var body = new byte[length];
        _output.ReadExactly(body);
        return JsonNode.Parse(body)!;
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            var c = _output.ReadByte();
            if (c < 0) throw new InvalidOperationException($"the server ended: {Log}");
            if (c == '\n') return line.ToString();
            if (c != '\r') line.Append((char)c);
        }
    }

    public void Dispose()
    {
        Request("shutdown", null);
        Write(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "exit" });
        if (!_server.WaitForExit(5000)) _server.Kill();
        _server.Dispose();
    }
}
