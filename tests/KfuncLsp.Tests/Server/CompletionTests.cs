using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace KfuncLsp.Tests.Server;

public sealed class CompletionTests
{
    private const string Uri = "file:///w/a.bpf.c";

    private const string Source =
        """
        #include "vmlinux.h"
        /* é */
        extern void bpf_task_release(struct task_struct *p) __ksym;
        SEC("xdp") int x(void) { bpf_ }
        SEC("tp_btf/task_newtask") int p(void) { bpf_task_ }
        """;

    private static JsonNode Rich => LspSession.Json(
        """{"textDocument":{"completion":{"completionItem":{"documentationFormat":["markdown"],"labelDetailsSupport":true,"tagSupport":{"valueSet":[1]},"resolveSupport":{"properties":["documentation"]}}}}}""");

    [Fact]
    public async Task WhatTheProgramMayCallComesFirst()
    {
        await using var session = await OpenAsync();
        var items = await Complete(session, 3, 29);
        var own = Item(items, "bpf_xdp_metadata_rx_hash");
        var foreign = Item(items, "bpf_sock_destroy");
        Assert.StartsWith("1", own.GetProperty("sortText").GetString());
        Assert.StartsWith("3", foreign.GetProperty("sortText").GetString());
        Assert.StartsWith("not here: ", foreign.GetProperty("labelDetails").GetProperty("description").GetString());
        Assert.Contains("(struct sock_common *sock)", foreign.GetProperty("detail").GetString());
        Assert.False(own.TryGetProperty("documentation", out _), "documentation comes when it is asked for");
    }

    [Fact]
    public async Task TheBegunNameIsReplacedAndNarrowsTheChoice()
    {
        await using var session = await OpenAsync();
        var items = await Complete(session, 4, 50);
        Assert.Equal("4:41-4:50", Range(Item(items, "bpf_task_from_pid").GetProperty("textEdit").GetProperty("range")));
        Assert.DoesNotContain(items, i => i.GetProperty("label").GetString() == "bpf_cgroup_release");
        Assert.Contains(items, i => i.GetProperty("label").GetString() == "bpf_get_task_exe_file");
    }

    [Fact]
    public async Task AMissingDeclarationIsAdded()
    {
        await using var session = await OpenAsync();
        var items = await Complete(session, 4, 50);
        var edit = Assert.Single(Item(items, "bpf_task_from_pid").GetProperty("additionalTextEdits").EnumerateArray());
        Assert.Equal("extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;\n", edit.GetProperty("newText").GetString());
        Assert.Equal("3:0-3:0", Range(edit.GetProperty("range")));
        Assert.False(Item(items, "bpf_task_release").TryGetProperty("additionalTextEdits", out _), "it is declared");
    }

    [Fact]
    public async Task ADeclarationGoesBehindTheIncludes()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, "#include <a.h>\r\n#if X\r\n#include <b.h>\r\n#endif\r\nSEC(\"tc\") int p(void) { bpf_rcu }\r\n");
        var edit = Item(await Complete(session, 4, 31), "bpf_rcu_read_lock").GetProperty("additionalTextEdits")[0];
        Assert.Equal("1:0-1:0", Range(edit.GetProperty("range")));
        Assert.Equal("extern void bpf_rcu_read_lock(void) __ksym;\r\n", edit.GetProperty("newText").GetString());
    }

    [Fact]
    public async Task ABrokenBufferIsReadThroughTheLastWholeOne()
    {
        await using var session = await OpenAsync();
        await session.ChangeAsync(Uri, 2, LspSession.Change(3, 29, 3, 30, "\n\tif (x { y(bpf_xdp_"));
        await session.DiagnosticsAsync(Uri, 2);
        Assert.StartsWith("1", Item(await Complete(session, 4, 20), "bpf_xdp_metadata_rx_hash").GetProperty("sortText").GetString());
    }

    [Fact]
    public async Task DocumentationIsResolved()
    {
        await using var session = await OpenAsync();
        var item = Item(await Complete(session, 4, 50), "bpf_task_from_pid");
        var resolved = await session.RequestAsync("completionItem/resolve", JsonNode.Parse(item.GetRawText()));
        Assert.Contains("release it with `bpf_task_release`", resolved.GetProperty("documentation").GetProperty("value").GetString());
        Assert.Equal(item.GetProperty("textEdit").GetRawText(), resolved.GetProperty("textEdit").GetRawText());
    }

    [Fact]
    public async Task DeprecatedOnesAreMarked()
    {
        await using var session = await LspSession.OnSketchesAsync(Rich, null, null, "7.3");
        await session.OpenAsync(Uri, "SEC(\"struct_ops/enqueue\") int p(void) { scx_bpf_dsq_ins }");
        await session.DiagnosticsAsync(Uri, 1);
        var item = Item(await Complete(session, 0, 56), "scx_bpf_dsq_insert");
        Assert.Equal("[1]", item.GetProperty("tags").GetRawText());
    }

    [Theory]
    [InlineData("// bpf_", 7)]
    [InlineData("/* bpf_", 7)]
    [InlineData("char *s = \"bpf_", 15)]
    [InlineData("#define X bpf_", 14)]
    [InlineData("int i = x.bpf_", 14)]
    [InlineData("int i = x -> bpf_", 17)]
    [InlineData("int i = 0x12", 12)]
    public async Task NothingIsOfferedWhereNoFunctionIsNamed(string line, int column)
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, "SEC(\"tc\") int p(void) { }\n" + line + "\n");
        var answer = await session.RequestAsync("textDocument/completion", LspSession.At(Uri, 1, column));
        Assert.True(answer.ValueKind == JsonValueKind.Null || answer.GetProperty("items").GetArrayLength() == 0);
    }

    private static async Task<JsonElement[]> Complete(LspSession session, int line, int column)
    {
        var answer = await session.RequestAsync("textDocument/completion", LspSession.At(Uri, line, column));
        Assert.False(answer.GetProperty("isIncomplete").GetBoolean());
        return [.. answer.GetProperty("items").EnumerateArray()];
    }

    private static JsonElement Item(JsonElement[] items, string label) => Assert.Single(items, i => i.GetProperty("label").GetString() == label);

    private static string Range(JsonElement range)
    {
        var (start, end) = (range.GetProperty("start"), range.GetProperty("end"));
        return $"{start.GetProperty("line")}:{start.GetProperty("character")}-{end.GetProperty("line")}:{end.GetProperty("character")}";
    }

    private static async Task<LspSession> OpenAsync()
    {
        var session = await LspSession.OnSketchesAsync(Rich);
        await session.OpenAsync(Uri, Source);
        await session.DiagnosticsAsync(Uri, 1);
        return session;
    }
}
