using System.Text.Json;
using Xunit;

namespace KfuncLsp.Tests.Server.Features;

/// <summary>Completion of what is no plain name, and of names by what the program owns.</summary>
public sealed class RichCompletionTests(EditorProcess editor)
{
    private const string Uri = "file:///w/a.bpf.c";

    [Fact]
    public async Task WhatGivesBackComesFirstWhereSomethingIsOwned()
    {
        await editor.StatesAsync();
        Assert.StartsWith("0", SortTextOf(await CompleteAsync("\tbpf_task_|release(p)"), "bpf_task_release"));
        Assert.StartsWith("1", SortTextOf(await CompleteAsync("= bpf_task_|from_pid(42)"), "bpf_task_release"));
    }

    [Fact]
    public async Task ArgumentsAreFilledIn()
    {
        await using var session = await LspSession.OnSketchesAsync(EditorProcess.Rich);
        var items = await CompleteAsync(session, "SEC(\"tc\") int p(void) { bpf_iter_num_| }");
        var item = items.Single(i => i.GetProperty("label").GetString() == "bpf_iter_num_new");
        Assert.Equal("bpf_iter_num_new(${1:it}, ${2:start}, ${3:end})$0", item.GetProperty("textEdit").GetProperty("newText").GetString());
        Assert.Equal(2, item.GetProperty("insertTextFormat").GetInt32());
    }

    [Fact]
    public async Task ACallThatIsThereKeepsItsArguments()
    {
        await using var session = await LspSession.OnSketchesAsync(EditorProcess.Rich);
        var items = await CompleteAsync(session, "SEC(\"tc\") int p(void) { bpf_iter_num_|(x) }");
        Assert.Equal("bpf_iter_num_new", items.Single(i => i.GetProperty("label").GetString() == "bpf_iter_num_new").GetProperty("textEdit").GetProperty("newText").GetString());
    }

    [Theory]
    [InlineData("SEC(\"|", "tp_btf/", "xdp", "struct_ops", "license")]
    [InlineData("SEC(\"ls|\")", "lsm/", "lsm.s/")]
    [InlineData("SEC(\"iter/|\")", "iter/task")]
    [InlineData("SEC(\"struct_ops/en|\")", "struct_ops/enqueue")]
    [InlineData("// kfunc: allow K|", "KF0101", "KF0301")]
    [InlineData("// kfunc: allow KF0101, K|", "KF0301")]
    public async Task SectionsAndRulesAreOffered(string line, params string[] has)
    {
        await using var session = await LspSession.OnSketchesAsync(null, null, null, "7.3");
        var labels = (await CompleteAsync(session, line)).Select(i => i.GetProperty("label").GetString()).ToHashSet();
        Assert.All(has, h => Assert.Contains(h, labels));
    }

    [Fact]
    public async Task TheReasonOfASuppressionIsFreeText()
    {
        await using var session = await LspSession.OnSketchesAsync();
        Assert.Empty(await CompleteAsync(session, "// kfunc: allow KF0101 since K|"));
    }

    private async Task<JsonElement[]> CompleteAsync(string at) => [.. (await editor.AskAtAsync("textDocument/completion", at)).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement[]> CompleteAsync(LspSession session, string line)
    {
        var column = line.IndexOf('|');
        await session.OpenAsync(Uri, "SEC(\"tc\") int q(void) { }\n" + line.Remove(column, 1) + "\n");
        var answer = await session.RequestAsync("textDocument/completion", LspSession.At(Uri, 1, column));
        return answer.ValueKind == JsonValueKind.Null ? [] : [.. answer.GetProperty("items").EnumerateArray()];
    }

    private static string? SortTextOf(JsonElement[] items, string label) => items.Single(i => i.GetProperty("label").GetString() == label).GetProperty("sortText").GetString();
}
