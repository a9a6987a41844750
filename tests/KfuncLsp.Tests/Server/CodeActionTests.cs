using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace KfuncLsp.Tests.Server;

public sealed class CodeActionTests
{
    private const string Uri = "file:///w/a.bpf.c";
    private const string Source = "SEC(\"tc\") int p(void) {\n\tleak();\n}\n// kfunc: allow KF0102 gone\n";
    private const string Literals = "\"codeActionLiteralSupport\":{\"codeActionKind\":{\"valueSet\":[\"quickfix\"]}}";

    [Fact]
    public async Task AnActionHasItsEditAndTheVersionThatItIsFor()
    {
        await using var session = await LspSession.OnSketchesAsync(
            LspSession.Json($$$$"""{"workspace":{"workspaceEdit":{"documentChanges":true}},"textDocument":{"codeAction": { {{{{Literals}}}} }}}"""));
        var shown = await Open(session);
        var actions = await Ask(session, shown);
        var suppress = Assert.Single(actions, a => a.GetProperty("title").GetString()!.StartsWith("Suppress KF0101", StringComparison.Ordinal));
        Assert.Equal("quickfix", suppress.GetProperty("kind").GetString());
        Assert.Equal("KF0101", suppress.GetProperty("diagnostics")[0].GetProperty("code").GetString());
        var change = suppress.GetProperty("edit").GetProperty("documentChanges")[0];
        Assert.Equal(1, change.GetProperty("textDocument").GetProperty("version").GetInt32());
        Assert.Equal("\t// kfunc: allow KF0101 TODO: say why\n", change.GetProperty("edits")[0].GetProperty("newText").GetString());
    }

    [Fact]
    public async Task AnEditIsLeftOutUntilItIsAskedForAndRefusedWhenTheTextIsNewer()
    {
        await using var session = await LspSession.OnSketchesAsync(
            LspSession.Json($$$$"""{"textDocument":{"codeAction": { {{{{Literals}}}} ,"dataSupport":true,"resolveSupport":{"properties":["edit"]} }}}"""));
        var action = (await Ask(session, await Open(session)))[0];
        Assert.False(action.TryGetProperty("edit", out _));
        var resolved = await session.RequestAsync("codeAction/resolve", JsonNode.Parse(action.GetRawText()));
        Assert.Single(resolved.GetProperty("edit").GetProperty("changes").GetProperty(Uri).EnumerateArray());
        await session.ChangeAsync(Uri, 2, LspSession.Change(0, 0, 0, 0, " "));
        Assert.Equal(-32801, (await session.RefusedAsync("codeAction/resolve", JsonNode.Parse(action.GetRawText()))).Code);
    }

    [Fact]
    public async Task AllThatIsSafeIsFixedAtOnce()
    {
        await using var session = await LspSession.OnSketchesAsync(LspSession.Json($$$$"""{"textDocument":{"codeAction": { {{{{Literals}}}} }}}"""));
        var actions = await Ask(session, await Open(session), "source.fixAll");
        var edits = Assert.Single(actions).GetProperty("edit").GetProperty("changes").GetProperty(Uri);
        Assert.Equal("", Assert.Single(edits.EnumerateArray()).GetProperty("newText").GetString());
        Assert.Equal(3, edits[0].GetProperty("range").GetProperty("start").GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task AClientThatTakesOnlyCommandsIsOfferedNone()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await Open(session);
        Assert.Equal(JsonValueKind.Null, (await session.RequestAsync("textDocument/codeAction", Params([], null))).ValueKind);
    }

    private static async Task<JsonElement[]> Open(LspSession session)
    {
        await session.OpenAsync(Uri, Source);
        return await session.DiagnosticsAsync(Uri, 1);
    }

    private static async Task<JsonElement[]> Ask(LspSession session, JsonElement[] shown, string? only = null) =>
        [.. (await session.RequestAsync("textDocument/codeAction", Params(shown, only))).EnumerateArray()];

    private static JsonObject Params(JsonElement[] shown, string? only)
    {
        var context = new JsonObject { ["diagnostics"] = new JsonArray([.. shown.Select(d => JsonNode.Parse(d.GetRawText()))]) };
        if (only is not null) context["only"] = new JsonArray(only);
        return new() { ["textDocument"] = new JsonObject { ["uri"] = Uri }, ["range"] = LspSession.Range(1, 2, 1, 2), ["context"] = context };
    }
}
