using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Tests.Workspace.Fakes;
using Xunit;

namespace KfuncLsp.Tests.Server;

/// <summary>Clients that do what none should, and more than any does: the session goes on, and the last text is the one that is told of.</summary>
public sealed class FaultTests : IDisposable
{
    private const string Source = "SEC(\"tc\") int p(void) { leak(); }";
    private readonly Scratch _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ChangesAfterCloseAreIgnored()
    {
        const string uri = "file:///w/a.bpf.c";
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(uri, Source);
        Assert.Single(await session.DiagnosticsAsync(uri, 1));
        await Close(session, uri);
        await session.ChangeAsync(uri, 2, new JsonObject { ["text"] = Source + Source });
        await Close(session, uri);
        await session.ChangeAsync("file:///w/never-opened.bpf.c", 2, new JsonObject { ["text"] = Source });
        await session.OpenAsync(uri, Source, 3);
        Assert.Single(await session.DiagnosticsAsync(uri, 3));
    }

    [Fact]
    public async Task AFileThatIsOpenedTwiceHasItsNewestText()
    {
        const string uri = "file:///w/a.bpf.c";
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(uri, Source);
        Assert.Single(await session.DiagnosticsAsync(uri, 1));
        await session.OpenAsync(uri, "SEC(\"tc\") int p(void) { }", 2);
        Assert.Empty(await session.DiagnosticsAsync(uri, 2));
    }

    [Fact]
    public async Task AFloodOfTenThousandEditsEndsAtTheLast()
    {
        const string uri = "file:///w/a.bpf.c";
        const int edits = 10_000;
        var units = new SketchUnits();
        await using var session = await LspSession.OnSketchesAsync(units: units);
        await session.OpenAsync(uri, Source);
        for (var version = 2; version <= edits; version++) await session.ChangeAsync(uri, version, LspSession.Change(0, 0, 0, 0, version % 2 == 0 ? " " : "\n"));
        await session.ChangeAsync(uri, edits + 1, LspSession.Change(0, 0, 0, 0, "SEC(\"tc\") int q(void) { leak(); }\n"));
        Assert.Equal(2, (await session.DiagnosticsAsync(uri, edits + 1)).Length);
        Assert.True(units.Parses < edits, "versions that were overtaken are not all parsed");
    }

    [Fact]
    public async Task FiveHundredFilesAreOpenAtOnce()
    {
        await using var session = await LspSession.OnSketchesAsync();
        var uris = Enumerable.Range(0, 500).Select(i => $"file:///w/{i}.bpf.c").ToHashSet();
        foreach (var uri in uris) await session.OpenAsync(uri, Source);
        var told = new HashSet<string>();
        while (told.Count < uris.Count)
        {
            var message = await session.NextAsync("textDocument/publishDiagnostics");
            if (message.GetProperty("diagnostics").GetArrayLength() == 1) told.Add(message.GetProperty("uri").GetString()!);
        }

        Assert.Equal(uris, told);
        await session.ChangeAsync("file:///w/250.bpf.c", 2, new JsonObject { ["text"] = "SEC(\"tc\") int p(void) { }" });
        Assert.Empty(await session.DiagnosticsAsync("file:///w/250.bpf.c", 2));
    }

    /// <summary>The editor's text is what counts; the file beneath it may go and come.</summary>
    [Fact]
    public async Task AFileThatIsDeletedOrRenamedWhileOpenIsCheckedOn()
    {
        var path = _folder.Write("a.bpf.c", Source);
        var uri = new Uri(path).AbsoluteUri;
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(uri, Source);
        Assert.Single(await session.DiagnosticsAsync(uri, 1));

        File.Delete(path);
        await Watched(session, uri, 3);
        await session.ChangeAsync(uri, 2, new JsonObject { ["text"] = Source + "\nSEC(\"tc\") int q(void) { leak(); }" });
        Assert.Equal(2, (await session.DiagnosticsAsync(uri, 2)).Length);

        var renamed = new Uri(_folder.PathOf("b.bpf.c")).AbsoluteUri;
        await Close(session, uri);
        Assert.Empty(await session.DiagnosticsAsync(uri, null));
        await session.OpenAsync(renamed, Source);
        Assert.Single(await session.DiagnosticsAsync(renamed, 1));
    }

    /// <summary>The client stops reading and goes away in the middle of our answers.</summary>
    [Fact]
    public async Task AClientThatClosesThePipeEndsTheServer()
    {
        using var process = ServerProcess.Start("server");
        process.StandardOutput.Close();
        var body = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}""";
        for (var i = 0; i < 50; i++)
        {
            try
            {
                await process.StandardInput.WriteAsync($"Content-Length: {body.Length}\r\n\r\n{body}");
                await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                // The server has noticed.
                break;
            }
        }

        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // So it has.
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
    }

    private static Task Close(LspSession session, string uri) =>
        session.NotifyAsync("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });

    private static Task Watched(LspSession session, string uri, int type) =>
        session.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = uri, ["type"] = type }) });
}
