using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Server.Features;

/// <summary>Places are right in every encoding, with letters of several bytes and units, tabs, and lines that end in CRLF.</summary>
public sealed class PositionEncodingTests
{
    private static readonly string s_file = Repository.PathOf("tests", "fixtures", "editor", "features.bpf.c");

    [Theory]
    [InlineData("utf-8", "\n")]
    [InlineData("utf-8", "\r\n")]
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

        int Width(string part) => encoding switch
        {
            "utf-8" => Encoding.UTF8.GetByteCount(part),
            "utf-16" => part.Length,
            _ => part.EnumerateRunes().Count(),
        };

        string Covered(JsonElement range)
        {
            var (start, end) = (range.GetProperty("start"), range.GetProperty("end"));
            Assert.Equal(start.GetProperty("line").GetInt32(), end.GetProperty("line").GetInt32());
            var of = lines[start.GetProperty("line").GetInt32()];
            return of[Index(start)..Index(end)];

            int Index(JsonElement place) => Enumerable.Range(0, of.Length + 1).First(i => (i == of.Length || !char.IsLowSurrogate(of[i])) && Width(of[..i]) == place.GetProperty("character").GetInt32());
        }
    }
}
