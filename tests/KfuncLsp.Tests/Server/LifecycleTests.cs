using System.Diagnostics;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Workspace.Fakes;
using Xunit;

namespace KfuncLsp.Tests.Server;

public sealed class LifecycleTests
{
    private static LspSession Start() => LspSession.Start(SketchAnalysis.Services(new(), new()));

    [Fact]
    public async Task ASessionBeginsAndEnds()
    {
        var session = Start();
        var result = await session.InitializeAsync();
        Assert.Equal("kfunc-lsp", result.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Equal(2, result.GetProperty("capabilities").GetProperty("textDocumentSync").GetProperty("change").GetInt32());
        Assert.False(result.GetProperty("capabilities").TryGetProperty("diagnosticProvider", out _), "a client that does not pull is pushed to");
        await session.DisposeAsync();
        Assert.Equal(0, await session.Exit);
    }

    [Fact]
    public async Task ExitWithoutShutdownIsAnError()
    {
        await using var session = Start();
        await session.InitializeAsync();
        await session.NotifyAsync("exit", null);
        Assert.Equal(1, await session.Exit);
    }

    [Fact]
    public async Task NothingIsServedBeforeInitialize()
    {
        await using var session = Start();
        Assert.Equal(-32002, (await session.RefusedAsync("textDocument/hover", LspSession.At("file:///a.bpf.c", 0, 0))).Code);
        await session.NotifyAsync("textDocument/didOpen", new JsonObject(), isDeliberatelyWrong: true);
        await session.InitializeAsync();
    }

    [Fact]
    public async Task AFailedInitializeMayBeTriedAgain()
    {
        await using var session = Start();
        Assert.Equal(-32602, (await session.RefusedAsync("initialize", new JsonObject { ["processId"] = "x" })).Code);
        await session.InitializeAsync();
    }

    [Fact]
    public async Task ASecondInitializeIsRefused()
    {
        await using var session = Start();
        await session.InitializeAsync();
        Assert.Equal(-32600, (await session.RefusedAsync("initialize", new JsonObject { ["processId"] = null, ["rootUri"] = null, ["capabilities"] = new JsonObject() })).Code);
    }

    [Fact]
    public async Task NothingButExitIsServedAfterShutdown()
    {
        await using var session = Start();
        await session.InitializeAsync();
        await session.RequestAsync("shutdown", null);
        Assert.Equal(-32600, (await session.RefusedAsync("textDocument/hover", LspSession.At("file:///a.bpf.c", 0, 0))).Code);
        Assert.Equal(-32600, (await session.RefusedAsync("shutdown", null)).Code);
        await session.NotifyAsync("exit", null);
        Assert.Equal(0, await session.Exit);
    }

    [Fact]
    public async Task ShutdownAndExitInOneGoAreAnswered()
    {
        await using var session = Start();
        await session.InitializeAsync();
        var (_, answer) = session.Send("shutdown", null);
        await session.NotifyAsync("exit", null);
        Assert.Equal("null", (await answer).GetProperty("result").GetRawText());
        Assert.Equal(0, await session.Exit);
    }

    [Fact]
    public async Task ShutdownMayHaveNullParameters()
    {
        var session = Start();
        await session.InitializeAsync();
        await session.WriteBodyAsync("""{"jsonrpc":"2.0","id":"s","method":"shutdown","params":null}""");
        await session.WriteBodyAsync("""{"jsonrpc":"2.0","method":"exit","params":null}""");
        Assert.Equal(0, await session.Exit.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task TheServerEndsWithItsClientsProcess()
    {
        using var client = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        var session = Start();
        await session.RequestAsync("initialize", new JsonObject { ["processId"] = client.Id, ["rootUri"] = null, ["capabilities"] = new JsonObject() });
        Assert.False(session.Exit.IsCompleted);
        client.Kill();
        Assert.Equal(1, await session.Exit.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData("""["utf-8","utf-16"]""", "utf-8")]
    [InlineData("""["utf-16","utf-8"]""", "utf-8")]
    [InlineData("""["utf-32","utf-16"]""", "utf-32")]
    [InlineData("""["utf-16","utf-32"]""", "utf-16")]
    [InlineData("""["utf-7"]""", "utf-16")]
    [InlineData("null", "utf-16")]
    public async Task AnEncodingIsAgreedUpon(string offered, string chosen)
    {
        await using var session = Start();
        var general = new JsonObject();
        if (offered != "null") general["positionEncodings"] = JsonNode.Parse(offered);
        var result = await session.InitializeAsync(new JsonObject { ["general"] = general });
        Assert.Equal(chosen, result.GetProperty("capabilities").GetProperty("positionEncoding").GetString());
    }
}
