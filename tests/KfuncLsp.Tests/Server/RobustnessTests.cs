using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Workspace.Fakes;
using Xunit;

namespace KfuncLsp.Tests.Server;

/// <summary>What a client may get wrong, and what it costs: one answer, and nothing else.</summary>
public sealed class RobustnessTests
{
    private const string Uri = "file:///w/a.bpf.c";

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":""", -32700)]
    [InlineData("", -32700)]
    [InlineData("\u0001\u0002", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":"shutdown"}]""", -32600)]
    [InlineData("42", -32600)]
    [InlineData("""{"jsonrpc":"1.0","method":"x"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"x"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"x"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","method":5}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","method":"x","params":5}""", -32600)]
    public async Task ABadMessageIsAnsweredAndTheSessionGoesOn(string body, int code)
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.WriteBodyAsync(body);
        var error = await session.NextAsync(m => m.TryGetProperty("error", out _));
        Assert.Equal(code, error.GetProperty("error").GetProperty("code").GetInt32());
        await StillServes(session);
    }

    /// <summary>Found by fuzzing: the session neither answered nor ended.</summary>
    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tex\u00ff\"}", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":\"\u00d2\",\"method\":\"x\"}", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"\\ud800\"}", -32600)]
    public async Task AMessageThatIsNoTextIsAnsweredAndTheSessionGoesOn(string latin, int code)
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.WriteRawAsync(Encoding.Latin1.GetBytes($"Content-Length: {latin.Length}\r\n\r\n{latin}"));
        var error = await session.NextAsync(m => m.TryGetProperty("error", out _)).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(code, error.GetProperty("error").GetProperty("code").GetInt32());
        await StillServes(session);
    }

    [Fact]
    public async Task DeepNestingIsAnswered()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.WriteBodyAsync("""{"jsonrpc":"2.0","method":"x","params":""" + new string('[', 10_000) + new string(']', 10_000) + "}");
        Assert.Equal(-32700, (await session.NextAsync(m => m.TryGetProperty("error", out _))).GetProperty("error").GetProperty("code").GetInt32());
        await StillServes(session);
    }

    [Theory]
    [InlineData("textDocument/hover", """{}""")]
    [InlineData("textDocument/hover", """{"textDocument":{"uri":"file:///a"},"position":{"line":-1,"character":0}}""")]
    [InlineData("textDocument/hover", """{"textDocument":{"uri":5},"position":{"line":0,"character":0}}""")]
    [InlineData("textDocument/hover", """{"textDocument":null,"position":{"line":0,"character":0}}""")]
    [InlineData("textDocument/completion", """[1,2]""")]
    [InlineData("completionItem/resolve", """{"label":3}""")]
    public async Task ParametersOfTheWrongShapeAreRefused(string method, string parameters)
    {
        await using var session = await LspSession.OnSketchesAsync();
        var error = await session.RefusedAsync(method, JsonNode.Parse(parameters));
        Assert.Equal(-32602, error.Code);
        Assert.DoesNotContain(" at ", error.Message);
        await StillServes(session);
    }

    [Fact]
    public async Task MissingParametersAreRefused()
    {
        await using var session = await LspSession.OnSketchesAsync();
        Assert.Equal(-32602, (await session.RefusedAsync("textDocument/hover", null)).Code);
    }

    [Fact]
    public async Task AnUnknownMethodIsRefused()
    {
        await using var session = await LspSession.OnSketchesAsync();
        Assert.Equal(-32601, (await session.RefusedAsync("textDocument/rename", new JsonObject())).Code);
        Assert.Equal(-32601, (await session.RefusedAsync("$/unknown", new JsonObject())).Code);
        await session.NotifyAsync("$/unknown", new JsonObject(), isDeliberatelyWrong: true);
        await session.NotifyAsync("textDocument/didChange", new JsonObject(), isDeliberatelyWrong: true);
        await session.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = 12345 });
        await session.NotifyAsync("$/cancelRequest", new JsonObject(), isDeliberatelyWrong: true);
        await StillServes(session);
    }

    [Fact]
    public async Task AnAnswerToNothingIsIgnored()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.WriteBodyAsync("""{"jsonrpc":"2.0","id":99,"result":null}""");
        await session.WriteBodyAsync("""{"jsonrpc":"2.0","id":"x","error":{"code":1,"message":"m"}}""");
        await StillServes(session);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("Content-Length: twelve\r\n\r\n")]
    [InlineData("Content-Length: -5\r\n\r\n")]
    [InlineData("Content-Length: 99999999999\r\n\r\n")]
    [InlineData("Content-Type: x\r\n\r\n{}")]
    [InlineData("{\"jsonrpc\":\"2.0\"}\r\n\r\n")]
    public async Task WhatIsNoLspEndsTheSession(string garbage)
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.WriteRawAsync(Encoding.UTF8.GetBytes(garbage));
        Assert.Equal(1, await session.Exit.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Contains("The session ends", session.Log.ToString());
    }

    [Fact]
    public async Task EndlessGarbageEndsTheSession()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.WriteRawAsync(new byte[20_000]);
        Assert.Equal(1, await session.Exit.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task HeadersMayComeInAnyCaseAndInPieces()
    {
        await using var session = await LspSession.OnSketchesAsync();
        var body = """{"jsonrpc":"2.0","method":"$/nothing"}""";
        foreach (var b in Encoding.UTF8.GetBytes($"content-type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:{body.Length}\r\n\r\n{body}"))
            await session.WriteRawAsync(new[] { b });
        await StillServes(session);
    }

    private static async Task StillServes(LspSession session)
    {
        await session.OpenAsync(Uri, "SEC(\"tc\") int p(void) { leak(); }");
        Assert.Single(await session.DiagnosticsAsync(Uri, 1));
    }
}
