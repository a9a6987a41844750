using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Server.Features;

/// <summary>Places are right in every encoding, with letters of several bytes and units, tabs, and lines that end in CRLF.</summary>
public sealed class PositionEncodingTests
{
    private static readonly string s_file = Repository.PathOf("tests", "fixtures", "editor", "features.bpf.c");

    private const string Leak = """
        #include "kernel.h"

        SEC("tp_btf/task_newtask")
        int leaks(u64 *ctx)
        {
        	/* é😀 */ struct task_struct *p = bpf_task_from_pid(42); // 😀
        	if (!p) return 0;
        	/* é😀 */ return 1; // é😀
        }

        """;

    [Theory]
    [InlineData("utf-8", "\n")]
    [InlineData("utf-8", "\r\n")]
    [InlineData("utf-16", "\n")]
    [InlineData("utf-16", "\r\n")]
    [InlineData("utf-32", "\n")]
    [InlineData("utf-32", "\r\n")]
    public async Task EveryFeatureCountsAlike(string encoding, string newline)
    {
        var text = (await File.ReadAllTextAsync(s_file, TestContext.Current.CancellationToken)).Replace("\n", newline);
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        var uri = new Uri(s_file).AbsoluteUri;
        using var process = ServerProcess.Start("server");
        await using var session = ServerProcess.Session(process);
        var capabilities = EditorProcess.Rich;
        capabilities["general"]!["positionEncodings"] = new JsonArray(encoding);
        capabilities["textDocument"]!["codeAction"] = LspSession.Json("""{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}}}""");
        await session.InitializeAsync(capabilities);
        await session.OpenAsync(uri, text);
        await session.DiagnosticsAsync(uri, 1);

        var line = Array.FindIndex(lines, l => l.Contains("bpf_task_from_pid(42)", StringComparison.Ordinal));
        var column = Width(lines[line][..lines[line].IndexOf("bpf_task_from_pid", StringComparison.Ordinal)]);
        var at = LspSession.At(uri, line, column + 3);
        Assert.Equal("bpf_task_from_pid", Covered((await session.RequestAsync("textDocument/hover", at.DeepClone())).GetProperty("range")));
        Assert.Equal(["bpf_task_from_pid", "bpf_task_release"], (await session.RequestAsync("textDocument/documentHighlight", at.DeepClone())).EnumerateArray().Select(h => Covered(h.GetProperty("range"))));

        var call = LspSession.At(uri, line, column + "bpf_task_from_pid(".Length);
        Assert.StartsWith("struct task_struct *bpf_task_from_pid(", (await session.RequestAsync("textDocument/signatureHelp", call)).GetProperty("signatures")[0].GetProperty("label").GetString());
        var items = await session.RequestAsync("textDocument/completion", LspSession.At(uri, line, column + "bpf_task_".Length));
        Assert.Equal("bpf_task_from_pid", Covered(items.GetProperty("items").EnumerateArray().First(i => i.GetProperty("label").GetString() == "bpf_task_from_pid").GetProperty("textEdit").GetProperty("range")));

        var document = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } };
        var ranged = (JsonObject)document.DeepClone();
        ranged["range"] = LspSession.Range(line, 0, line, column + 40);
        var hint = Assert.Single((await session.RequestAsync("textDocument/inlayHint", ranged.DeepClone())).EnumerateArray());
        Assert.Equal(column + "bpf_task_from_pid(42)".Length, hint.GetProperty("position").GetProperty("character").GetInt32());
        var tokens = (await session.RequestAsync("textDocument/semanticTokens/range", ranged)).GetProperty("data");
        Assert.Equal((line, column, "bpf_task_from_pid".Length), (tokens[0].GetInt32(), tokens[1].GetInt32(), tokens[2].GetInt32()));
        Assert.Contains((await session.RequestAsync("textDocument/codeLens", document.DeepClone())).EnumerateArray(), l => Covered(l.GetProperty("range")) == "keeps");
        Assert.Contains((await session.RequestAsync("textDocument/documentSymbol", document.DeepClone())).EnumerateArray(), s => Covered(s.GetProperty("selectionRange")) == "slots");
        Assert.Contains((await session.RequestAsync("textDocument/documentLink", document)).EnumerateArray(), l => Covered(l.GetProperty("range")) == "KF0101");

        await AFixFitsItsPlaceAsync(session, encoding, newline);

        int Width(string part) => TextEdits.Width(part, encoding);

        string Covered(JsonElement range)
        {
            var (start, end) = (range.GetProperty("start"), range.GetProperty("end"));
            Assert.Equal(start.GetProperty("line").GetInt32(), end.GetProperty("line").GetInt32());
            var of = lines[start.GetProperty("line").GetInt32()];
            return of[Index(start)..Index(end)];

            int Index(JsonElement place) => Enumerable.Range(0, of.Length + 1).First(i => (i == of.Length || !char.IsLowSurrogate(of[i])) && Width(of[..i]) == place.GetProperty("character").GetInt32());
        }
    }

    /// <summary>An action's edits stand where they belong, and the text that they make is without the mistake.</summary>
    private static async Task AFixFitsItsPlaceAsync(LspSession session, string encoding, string newline)
    {
        var text = Leak.Replace("\n", newline);
        var uri = new Uri(Path.Combine(Path.GetDirectoryName(s_file)!, "leak.bpf.c")).AbsoluteUri;
        await session.OpenAsync(uri, text);
        var finding = Assert.Single(await session.DiagnosticsAsync(uri, 1));
        var before = text[..text.IndexOf("return 1;", StringComparison.Ordinal)];
        var column = TextEdits.Width(before[(before.LastIndexOf('\n') + 1)..], encoding);
        Assert.Equal(column, finding.GetProperty("range").GetProperty("start").GetProperty("character").GetInt32());

        var actions = await session.RequestAsync("textDocument/codeAction", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri }, ["range"] = JsonNode.Parse(finding.GetProperty("range").GetRawText()),
            ["context"] = new JsonObject { ["diagnostics"] = new JsonArray(JsonNode.Parse(finding.GetRawText())) },
        });
        var action = actions.EnumerateArray().First(a => a.GetProperty("title").GetString()!.StartsWith("Call `bpf_task_release(p)`", StringComparison.Ordinal));
        var mended = TextEdits.Apply(text, action.GetProperty("edit").GetProperty("changes").GetProperty(uri).EnumerateArray(), encoding);
        Assert.Contains("/* é😀 */ bpf_task_release(p); return 1; // é😀", mended);
        await session.ChangeAsync(uri, 2, new JsonObject { ["text"] = mended });
        Assert.Empty(await session.DiagnosticsAsync(uri, 2));
    }
}
