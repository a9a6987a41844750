using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Workspace.Fakes;
using Xunit;

namespace KfuncLsp.Tests.Server;

/// <summary>What a person can learn of what the server does: its status, its progress, and one message where something is broken.</summary>
public sealed class TransparencyTests
{
    private const string Uri = "file:///w/a.bpf.c";
    private const string Source = "SEC(\"tc\") int p(void) { leak(); }\nSEC(\"tc\") int q(void) { }\n";

    private static JsonNode ShowsProgress => LspSession.Json("""{"window":{"workDoneProgress":true}}""");

    [Fact]
    public async Task TheStatusTellsWhatWasAnalysedAndWhatNotAndWhy()
    {
        await using var session = await LspSession.OnSketchesAsync(null, null, null, "6.12", "7.3");
        await session.OpenAsync(Uri, Source);
        await session.DiagnosticsAsync(Uri, 1);
        await session.OpenAsync("file:///w/user.c", "int main(void) { }\n");
        await session.DiagnosticsAsync("file:///w/user.c", 1);
        await session.ChangeAsync(Uri, 2, LspSession.Change(1, 0, 1, 0, "// \n"));
        await session.DiagnosticsAsync(Uri, 2);
        var status = await session.RequestAsync("kfunc/status", null);
        Assert.Contains("7.3", status.GetProperty("models").EnumerateArray().Select(m => m.GetString()));
        Assert.True(status.GetProperty("memory").GetProperty("managed").GetInt64() > 0);

        var checkedFile = DocumentOf(status, "/w/a.bpf.c");
        Assert.Equal("Checked", checkedFile.GetProperty("state").GetString());
        Assert.Equal(2, checkedFile.GetProperty("checkedVersion").GetInt32());
        Assert.Equal("a test", checkedFile.GetProperty("kernelsFrom").GetString());
        Assert.Equal((0, 4), (checkedFile.GetProperty("reportsMade").GetInt32(), checkedFile.GetProperty("reportsFromCache").GetInt32()));
        Assert.Equal(
            ["p tc {\"6.12\":\"rejected\",\"7.3\":\"rejected\"}", "q tc {\"6.12\":\"accepted\",\"7.3\":\"accepted\"}"],
            checkedFile.GetProperty("programs").EnumerateArray().Select(p => $"{p.GetProperty("name").GetString()} {p.GetProperty("section").GetString()} {p.GetProperty("verdicts").GetRawText()}"));

        var other = DocumentOf(status, "/w/user.c");
        Assert.Equal("NotChecked", other.GetProperty("state").GetString());
        Assert.Equal("nothing in it looks like a BPF program", other.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task AFaultOfOursIsInTheStatusAndShownOnce()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, "SEC(\"tc\") int crash(void) { }\nSEC(\"tc\") int crash_too(void) { }\n");
        await session.DiagnosticsAsync(Uri, 1);
        for (var version = 2; version < 6; version++)
        {
            await session.ChangeAsync(Uri, version, LspSession.Change(0, 0, 0, 0, "// \n"));
            await session.DiagnosticsAsync(Uri, version);
        }

        var status = await session.RequestAsync("kfunc/status", null);
        var program = DocumentOf(status, "/w/a.bpf.c").GetProperty("programs")[0];
        Assert.Equal("inconclusive", program.GetProperty("verdicts").GetProperty("6.12").GetString());
        Assert.Contains("a fault of kfunc-lsp", program.GetProperty("reasons")[0].GetString());
        Assert.Equal(1, session.Said("window/showMessage"));
    }

    /// <summary>Nothing waits for a parse or for an analysis: every question is answered from what is known.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QuestionsAreAnsweredWhileAFileIsChecked(bool isParsing)
    {
        var held = new TaskCompletionSource();
        var hold = false;
        var units = new SketchUnits { Before = async (_, _) => { if (hold && isParsing) await held.Task; } };
        var analysis = new SketchAnalysis { Before = () => { if (hold && !isParsing) held.Task.Wait(); } };
        await using var session = await LspSession.OnSketchesAsync(Server.Features.EditorProcess.Rich, units, analysis);
        const string text = "extern void bpf_task_release(struct task_struct *p) __ksym;\nSEC(\"tc\") int p(void) { leak(); bpf_task_release(0); }\n";
        await session.OpenAsync(Uri, text);
        await session.DiagnosticsAsync(Uri, 1);
        hold = true;
        await session.ChangeAsync(Uri, 2, LspSession.Change(1, 24, 1, 24, "more(); "));

        var call = LspSession.At(Uri, 1, 45);
        var document = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri } };
        var ranged = (JsonObject)document.DeepClone();
        ranged["range"] = LspSession.Range(0, 0, 9, 0);
        Assert.Contains("bpf_task_release", (await session.RequestAsync("textDocument/hover", call.DeepClone())).GetRawText());
        Assert.Contains("bpf_task_release", (await session.RequestAsync("textDocument/completion", call.DeepClone())).GetRawText());
        Assert.Contains("bpf_task_release", (await session.RequestAsync("textDocument/signatureHelp", LspSession.At(Uri, 1, 57))).GetRawText());
        await session.RequestAsync("textDocument/inlayHint", ranged.DeepClone());
        Assert.Contains("rejected on 6.12", (await session.RequestAsync("textDocument/codeLens", document.DeepClone())).GetRawText());
        foreach (var method in new[] { "textDocument/semanticTokens/full", "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/documentLink" })
            await session.RequestAsync(method, document.DeepClone());
        await session.RequestAsync("textDocument/semanticTokens/range", ranged.DeepClone());
        foreach (var method in new[] { "textDocument/definition", "textDocument/documentHighlight" }) await session.RequestAsync(method, call.DeepClone());
        var used = (JsonObject)call.DeepClone();
        used["context"] = new JsonObject { ["includeDeclaration"] = true };
        Assert.Equal(2, (await session.RequestAsync("textDocument/references", used)).GetArrayLength());
        ranged["context"] = new JsonObject { ["diagnostics"] = new JsonArray() };
        await session.RequestAsync("textDocument/codeAction", ranged);
        Assert.Equal("Checking", DocumentOf(await session.RequestAsync("kfunc/status", null), "/w/a.bpf.c").GetProperty("state").GetString());

        held.SetResult();
        await session.DiagnosticsAsync(Uri, 2);
    }

    [Fact]
    public async Task ALongCheckShowsProgressAndAShortOneNone()
    {
        var held = new TaskCompletionSource();
        var units = new SketchUnits { Before = (request, _) => request.File.EndsWith("slow.bpf.c", StringComparison.Ordinal) ? held.Task : Task.CompletedTask };
        await using var session = await LspSession.OnSketchesAsync(ShowsProgress, units);
        await session.OpenAsync(Uri, Source);
        await session.DiagnosticsAsync(Uri, 1);
        await session.OpenAsync("file:///w/slow.bpf.c", Source);
        var begin = await session.NextAsync("$/progress");
        Assert.Contains("window/workDoneProgress/create", session.ServerRequests);
        Assert.Equal("Checking kfunc calls", begin.GetProperty("value").GetProperty("title").GetString());
        Assert.Equal("slow.bpf.c: parsing for the first time", begin.GetProperty("value").GetProperty("message").GetString());
        held.SetResult();
        await session.NextAsync(m => m.TryGetProperty("params", out var p) && p.TryGetProperty("value", out var v) && v.GetProperty("kind").GetString() == "end");
    }

    [Fact]
    public async Task WhatASettingBringsAboutShowsProgressToo()
    {
        var held = new TaskCompletionSource();
        var hold = false;
        var units = new SketchUnits { Before = (_, _) => hold ? held.Task : Task.CompletedTask };
        await using var session = await LspSession.OnSketchesAsync(ShowsProgress, units);
        await session.OpenAsync(Uri, Source);
        await session.DiagnosticsAsync(Uri, 1);
        hold = true;
        await session.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = new JsonObject { ["kfunc"] = new JsonObject { ["rules"] = new JsonObject { ["KF0101"] = "warning" } } } });
        var begin = await session.NextAsync("$/progress");
        Assert.Equal("begin", begin.GetProperty("value").GetProperty("kind").GetString());
        held.SetResult();
        await session.NextAsync(m => m.TryGetProperty("params", out var p) && p.TryGetProperty("value", out var v) && v.GetProperty("kind").GetString() == "end");
    }

    private static JsonElement DocumentOf(JsonElement status, string path) =>
        status.GetProperty("documents").EnumerateArray().Single(d => d.GetProperty("path").GetString() == path);
}
