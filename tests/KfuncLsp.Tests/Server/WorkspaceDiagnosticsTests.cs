using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Workspace.Fakes;
using Xunit;

namespace KfuncLsp.Tests.Server;

public sealed class WorkspaceDiagnosticsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kfunc-lsp-test-");
    private readonly SketchUnits _units = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ClosedFilesAreCheckedOnceAndOpenOnesAsTheyAre()
    {
        var (bad, open) = (Write("a.bpf.c", "SEC(\"tc\") int p(void) { leak(); }"), Write("sub/b.bpf.c", "SEC(\"tc\") int p(void) { leak(); }"));
        Write("user.c", "int main(void) { leak(); }");
        await using var session = await StartAsync();
        await session.OpenAsync(open, "SEC(\"tc\") int p(void) { }");
        var progress = new JsonObject { ["previousResultIds"] = new JsonArray(), ["workDoneToken"] = 17 };
        var items = (await session.RequestAsync("workspace/diagnostic", progress)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([bad, open], items.Select(i => i.GetProperty("uri").GetString()));
        Assert.Equal([1, 0], items.Select(i => i.GetProperty("items").GetArrayLength()));
        Assert.Equal(["null", "1"], items.Select(i => i.GetProperty("version").GetRawText()));
        Assert.Equal(17, (await session.NextAsync("$/progress")).GetProperty("token").GetInt32());

        var held = session.Send("workspace/diagnostic", Previous(items));
        await session.RequestAsync("textDocument/hover", LspSession.At(open, 0, 0));
        Assert.False(held.Answer.IsCompleted, "nothing is new");
        Assert.Equal(2, _units.Parses);

        await session.ChangeAsync(open, 2, LspSession.Change(0, 24, 0, 24, "leak(); "));
        var again = (await held.Answer).GetProperty("result").GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["unchanged", "full"], again.Select(i => i.GetProperty("kind").GetString()));
        Assert.Equal(3, _units.Parses);
    }

    [Fact]
    public async Task AHeldRequestCanBeCancelled()
    {
        Write("a.bpf.c", "SEC(\"tc\") int p(void) { }");
        await using var session = await StartAsync();
        var items = (await session.RequestAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray() })).GetProperty("items").EnumerateArray().ToList();
        var (id, answer) = session.Send("workspace/diagnostic", Previous(items));
        await session.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id });
        Assert.Equal(-32800, (await answer).GetProperty("error").GetProperty("code").GetInt32());
    }

    private static JsonObject Previous(IEnumerable<JsonElement> items) => new()
    {
        ["previousResultIds"] = new JsonArray([.. items.Select(i => new JsonObject { ["uri"] = i.GetProperty("uri").GetString(), ["value"] = i.GetProperty("resultId").GetString() })]),
    };

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return new Uri(path).AbsoluteUri;
    }

    private async Task<LspSession> StartAsync()
    {
        var session = LspSession.Start(SketchAnalysis.Services(_units, new()));
        await session.RequestAsync("initialize", new JsonObject
        {
            ["processId"] = null, ["rootUri"] = new Uri(_folder.FullName).AbsoluteUri,
            ["capabilities"] = LspSession.Json("""{"textDocument":{"diagnostic":{}}}"""),
        });
        return session;
    }
}
