using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Server.Lsp;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;
using Nerdbank.Streams;

namespace KfuncLsp.Fuzz.Targets;

/// <summary>A session whose every message may be anything, in any order. It must end when the client does.</summary>
internal sealed class ProtocolTarget : FuzzTarget
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly string[] s_methods =
    [
        "initialized", "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave", "textDocument/hover", "textDocument/completion",
        "textDocument/signatureHelp", "textDocument/definition", "textDocument/references", "textDocument/codeAction", "textDocument/codeLens", "textDocument/inlayHint",
        "textDocument/semanticTokens/full", "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/diagnostic", "workspace/diagnostic",
        "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles", "$/cancelRequest", "shutdown", "initialize",
    ];

    public override string Name => "protocol";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. s_methods.Select((method, i) => Encoding.UTF8.GetBytes($$$"""
            {"jsonrpc":"2.0","id":{{{i}}},"method":"{{{method}}}","params":{"textDocument":{"uri":"file:///w/a.bpf.c","languageId":"c","version":{{{i}}},"text":"SEC(\"tc\") int f(void) { }"},
            "position":{"line":0,"character":{{{i}}}},"range":{"start":{"line":0,"character":0},"end":{"line":1,"character":0}},"context":{"diagnostics":[],"includeDeclaration":true},
            "contentChanges":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"text":"x"}],"changes":[{"uri":"file:///w/a.bpf.c","type":3}],"settings":{},"id":{{{i - 1}}},
            "previousResultIds":[],"capabilities":{} } }
            """)),
    ];

    private readonly List<byte[]> _messages = [];

    /// <summary>Collects messages; every sixteen make a session.</summary>
    public override Task TryAsync(byte[] input)
    {
        _messages.Add(input);
        return _messages.Count < 16 ? Task.CompletedTask : SessionAsync();
    }

    private async Task SessionAsync()
    {
        var (client, server) = FullDuplexStream.CreatePair();
        var log = new StringWriter();
        var options = new LspServerOptions { Services = new WorkspaceServices(new NoUnits(), new NoProjects()), Log = TextWriter.Synchronized(log) };
        var exit = Task.Run(async () =>
        {
            await using var end = server;
            return await LspServer.RunAsync(server, server, options);
        });
        var reading = client.CopyToAsync(Stream.Null);
        try
        {
            await WriteAsync("""{"jsonrpc":"2.0","id":"i","method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}"""u8.ToArray());
            foreach (var message in _messages) await WriteAsync(message);
            await WriteAsync("""{"jsonrpc":"2.0","method":"exit"}"""u8.ToArray());
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The server has had enough.
        }
        try
        {
            await exit.WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            throw new FindException($"the session does not end\n{log}\n{string.Join("\n---\n", _messages.Select(Encoding.UTF8.GetString))}");
        }
        finally
        {
            _messages.Clear();
        }

        await client.DisposeAsync();
        try
        {
            await reading;
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Nothing more is said.
        }

        async Task WriteAsync(byte[] body)
        {
            await client.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            await client.WriteAsync(body);
            await client.FlushAsync();
        }
    }

    private sealed class NoUnits : IUnitSource
    {
        public ValueTask<UnitIr> ParseAsync(UnitRequest request, CancellationToken cancel) => new(new UnitIr { MainFile = request.File, Files = [request.File] });
        public ValueTask CloseAsync(string file) => default;
        public ValueTask DisposeAsync() => default;
    }

    private sealed class NoProjects : IProjectSource
    {
        private static readonly TargetSelection s_targets = new([new TargetKernel(new KernelVersion(6, 12), [KernelModels.For(new KernelVersion(6, 12))!])], "a fuzzer");

        public ProjectSetup SetupOf(string path, ReadOnlyMemory<byte> text) => new(new CompileCommand(path, "/", []) { Origin = "a fuzzer" }, s_targets, AnalysisOptions.Default);

        public void Forget()
        {
        }
    }
}
