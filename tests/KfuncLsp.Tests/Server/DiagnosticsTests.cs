using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Tests.Workspace.Fakes;
using Xunit;

namespace KfuncLsp.Tests.Server;

public sealed class DiagnosticsTests
{
    private const string Uri = "file:///w/a.bpf.c";

    private const string Source =
        """
        // é中😀
        SEC("tp_btf/task_newtask") int p(void) { /* 😀 */ leak(); }
        """;

    private static JsonNode Push => LspSession.Json("""{"textDocument":{"publishDiagnostics":{"relatedInformation":true,"codeDescriptionSupport":true,"versionSupport":true,"tagSupport":{"valueSet":[1,2]}}}}""");

    private static JsonNode Pull => LspSession.Json(
        """{"textDocument":{"diagnostic":{"relatedInformation":true,"codeDescriptionSupport":true},"publishDiagnostics":{}},"workspace":{"diagnostics":{"refreshSupport":true}}}""");

    [Fact]
    public async Task AFindingIsPublishedWithAllThatIsKnown()
    {
        await using var session = await LspSession.OnSketchesAsync(Push);
        await session.OpenAsync(Uri, Source, 7);
        var diagnostic = Assert.Single(await session.DiagnosticsAsync(Uri, 7));
        Assert.Equal("KF0101", diagnostic.GetProperty("code").GetString());
        Assert.Equal("kfunc", diagnostic.GetProperty("source").GetString());
        Assert.Equal(1, diagnostic.GetProperty("severity").GetInt32());
        Assert.Equal("https://pages.test/rules/KF0101-unreleased-reference.md", diagnostic.GetProperty("codeDescription").GetProperty("href").GetString());
        Assert.Equal("`p` is still owned here\nverifier (6.12): Unreleased reference id=1 alloc_insn=2", diagnostic.GetProperty("message").GetString());
        var note = Assert.Single(diagnostic.GetProperty("relatedInformation").EnumerateArray());
        Assert.Equal("entered here", note.GetProperty("message").GetString());
        Assert.Equal(Uri, note.GetProperty("location").GetProperty("uri").GetString());
        Assert.Equal("1:0-1:3", Range(note.GetProperty("location")));
        Assert.False(diagnostic.TryGetProperty("tags", out _));
    }

    [Theory]
    [InlineData("utf-8", 52)]
    [InlineData("utf-16", 50)]
    [InlineData("utf-32", 49)]
    public async Task ColumnsCountInTheAgreedEncoding(string encoding, int column)
    {
        await using var session = await LspSession.OnSketchesAsync(new JsonObject { ["general"] = new JsonObject { ["positionEncodings"] = new JsonArray(encoding) } });
        await session.OpenAsync(Uri, Source);
        Assert.Equal($"1:{column}-1:{column + 4}", Range(Assert.Single(await session.DiagnosticsAsync(Uri, 1))));
    }

    [Fact]
    public async Task AFixTakesTheDiagnosticAway()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, Source);
        Assert.Single(await session.DiagnosticsAsync(Uri, 1));
        await session.ChangeAsync(Uri, 2, LspSession.Change(1, 50, 1, 54, "give"), LspSession.Change(0, 0, 0, 0, "\n"));
        Assert.Empty(await session.DiagnosticsAsync(Uri, 2));
    }

    [Fact]
    public async Task ACErrorDoesNotTakeTheOthersAway()
    {
        const string text = "SEC(\"tc\") int a(void) { }\nSEC(\"tc\") int p(void) { leak(); }\n";
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, text);
        Assert.Equal("1:24-1:28", Range(Assert.Single(await session.DiagnosticsAsync(Uri, 1))));

        await session.ChangeAsync(Uri, 2, LspSession.Change(1, 24, 1, 24, "if (x {\n"));
        var stale = Assert.Single(await session.DiagnosticsAsync(Uri, 2), d => d.GetProperty("code").GetString() == "KF0101");
        Assert.Equal("2:0-2:4", Range(stale));
        Assert.EndsWith("(as judged before the C error)", stale.GetProperty("message").GetString());

        await session.ChangeAsync(Uri, 3, LspSession.Change(2, 0, 2, 7, ""));
        Assert.DoesNotContain(await session.DiagnosticsAsync(Uri, 3), d => d.GetProperty("code").GetString() == "KF0101");
    }

    [Fact]
    public async Task ClosingClears()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, Source);
        Assert.Single(await session.DiagnosticsAsync(Uri, 1));
        await session.NotifyAsync("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri } });
        Assert.Empty(await session.DiagnosticsAsync(Uri, null));
    }

    [Fact]
    public async Task TheClientsSpellingOfAUriIsKept()
    {
        const string odd = "file:///w/sp%20ace%2B/%C3%A9.bpf.c";
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(odd, Source);
        Assert.Single(await session.DiagnosticsAsync(odd, 1));
    }

    [Fact]
    public async Task KernelsThatDisagreeAreNamed()
    {
        await using var session = await LspSession.OnSketchesAsync(null, null, null, "6.12", "7.3");
        await session.OpenAsync(Uri, Source);
        var message = Assert.Single(await session.DiagnosticsAsync(Uri, 1)).GetProperty("message").GetString()!;
        Assert.Contains("verifier (6.12, 7.3): Unreleased", message);
        Assert.DoesNotContain("not on", message);
    }

    [Fact]
    public async Task APullingClientPullsAndIsNotPushedTo()
    {
        await using var session = await LspSession.OnSketchesAsync(Pull);
        await session.OpenAsync(Uri, Source);
        var report = await Ask(session);
        Assert.Equal("full", report.GetProperty("kind").GetString());
        Assert.Single(report.GetProperty("items").EnumerateArray());

        var again = await Ask(session, report.GetProperty("resultId").GetString());
        Assert.Equal("unchanged", again.GetProperty("kind").GetString());

        await session.ChangeAsync(Uri, 2, LspSession.Change(1, 50, 1, 54, "give"));
        var fixedReport = await Ask(session, report.GetProperty("resultId").GetString());
        Assert.Equal("full", fixedReport.GetProperty("kind").GetString());
        Assert.Empty(fixedReport.GetProperty("items").EnumerateArray());
        await NothingWasPublished(session);
    }

    [Fact]
    public async Task APullOfAnOvertakenVersionIsAskedForAgain()
    {
        var units = new SketchUnits();
        var gate = new TaskCompletionSource();
        units.Before = (request, cancel) => request.Text!.Value.Span[0] == '/' ? gate.Task.WaitAsync(cancel) : Task.CompletedTask;
        await using var session = await LspSession.OnSketchesAsync(Pull, units);
        await session.OpenAsync(Uri, Source);
        var (_, first) = session.Send("textDocument/diagnostic", Params(null));
        await session.ChangeAsync(Uri, 2, LspSession.Change(0, 0, 0, 0, "\n"));
        var error = (await first).GetProperty("error");
        Assert.Equal(-32802, error.GetProperty("code").GetInt32());
        Assert.True(error.GetProperty("data").GetProperty("retriggerRequest").GetBoolean());
        Assert.Single((await Ask(session)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task ACancelledRequestSaysSo()
    {
        var units = new SketchUnits { Before = (_, cancel) => Task.Delay(Timeout.Infinite, cancel) };
        await using var session = await LspSession.OnSketchesAsync(Pull, units);
        await session.OpenAsync(Uri, Source);
        var (id, answer) = session.Send("textDocument/diagnostic", Params(null));
        await session.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id });
        Assert.Equal(-32800, (await answer.WaitAsync(TimeSpan.FromSeconds(10))).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task NoRequestWaitsForTheAnalysis()
    {
        var units = new SketchUnits { Before = (_, cancel) => Task.Delay(Timeout.Infinite, cancel) };
        await using var session = await LspSession.OnSketchesAsync(null, units);
        await session.OpenAsync(Uri, "SEC(\"tc\") int p(void) { bpf_rcu_read_lock(); }");
        var hover = await session.RequestAsync("textDocument/hover", LspSession.At(Uri, 0, 28));
        Assert.Equal(JsonValueKind.Object, hover.ValueKind);
        var completion = await session.RequestAsync("textDocument/completion", LspSession.At(Uri, 0, 28));
        Assert.NotEmpty(completion.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task ChangedSettingsCheckAgain()
    {
        var units = new SketchUnits();
        await using var session = await LspSession.OnSketchesAsync(Pull, units);
        await session.OpenAsync(Uri, Source);
        await Ask(session);
        await session.NotifyAsync("workspace/didChangeConfiguration", LspSession.Json("""{"settings":{"kfunc":{"kernel":"7.3"}}}"""));
        await Ask(session);
        await session.NotifyAsync("workspace/didChangeWatchedFiles", LspSession.Json("""{"changes":[{"uri":"file:///w/compile_commands.json","type":2}]}"""));
        await Ask(session);
        Assert.Equal(3, units.Parses);
        Assert.Contains("workspace/diagnostic/refresh", session.ServerRequests);
    }

    [Fact]
    public async Task AChangedHeaderChecksItsReaders()
    {
        var units = new SketchUnits();
        await using var session = await LspSession.OnSketchesAsync(null, units);
        await session.OpenAsync(Uri, "#include \"h.h\"\n" + Source);
        await session.DiagnosticsAsync(Uri, 1);
        await session.OpenAsync("file:///w/b.bpf.c", Source);
        await session.DiagnosticsAsync("file:///w/b.bpf.c", 1);
        await session.NotifyAsync("workspace/didChangeWatchedFiles", LspSession.Json("""{"changes":[{"uri":"file:///w/h.h","type":2}]}"""));
        await session.DiagnosticsAsync(Uri, 1);
        Assert.Equal(3, units.Parses);
    }

    [Fact]
    public async Task FilesAreWatchedWhereTheClientCan()
    {
        await using var session = await LspSession.OnSketchesAsync(LspSession.Json("""{"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}}}"""));
        await session.OpenAsync(Uri, Source);
        await session.DiagnosticsAsync(Uri, 1);
        Assert.Contains("client/registerCapability", session.ServerRequests);
    }

    [Fact]
    public async Task ASuppressionHidesAndAnUnusedOneIsFaded()
    {
        await using var session = await LspSession.OnSketchesAsync(LspSession.Json("""{"textDocument":{"publishDiagnostics":{"tagSupport":{"valueSet":[1,2]}}}}"""));
        await session.OpenAsync(Uri, "SEC(\"tc\") int p(void) {\n leak(); // kfunc: allow KF0101 a test\n none(); // kfunc: allow KF0101 a test\n}");
        var unused = Assert.Single(await session.DiagnosticsAsync(Uri, 1));
        Assert.Equal("KF0903", unused.GetProperty("code").GetString());
        Assert.Equal("[1]", unused.GetProperty("tags").GetRawText());
        Assert.Equal(2, unused.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task AFaultIsShownOnceAndTheRestGoesOn()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, "SEC(\"tc\") int crash(void) { x(); }\nSEC(\"tc\") int p(void) { leak(); }");
        var shown = await session.NextAsync("window/showMessage");
        Assert.StartsWith("kfunc-lsp: the analysis of crash on 6.12 failed", shown.GetProperty("message").GetString());
        var all = await session.DiagnosticsAsync(Uri, 1);
        Assert.Equal(["KF0101", "KF0902"], all.Select(d => d.GetProperty("code").GetString()));
    }

    private static JsonObject Params(string? previous)
    {
        var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri }, ["identifier"] = "kfunc" };
        if (previous is not null) parameters["previousResultId"] = previous;
        return parameters;
    }

    private static Task<JsonElement> Ask(LspSession session, string? previous = null) => session.RequestAsync("textDocument/diagnostic", Params(previous));

    private static async Task NothingWasPublished(LspSession session)
    {
        await session.RequestAsync("textDocument/hover", LspSession.At(Uri, 0, 0));
        await session.RequestAsync("shutdown", null);
        await session.NotifyAsync("exit", null);
        await session.Exit;
        await Assert.ThrowsAnyAsync<Exception>(() => session.NextAsync("textDocument/publishDiagnostics"));
    }

    private static string Range(JsonElement holder)
    {
        var range = holder.GetProperty("range");
        var (start, end) = (range.GetProperty("start"), range.GetProperty("end"));
        return $"{start.GetProperty("line")}:{start.GetProperty("character")}-{end.GetProperty("line")}:{end.GetProperty("character")}";
    }
}
