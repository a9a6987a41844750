using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Server.Features;

public sealed class NavigationTests(EditorProcess editor)
{
    [Fact]
    public async Task ADefinitionWithoutATreeIsTheRegistrysEntry()
    {
        var location = Assert.Single((await editor.AskAtAsync("textDocument/definition", "|bpf_task_from_pid(42)")).EnumerateArray());
        var uri = location.GetProperty("uri").GetString()!;
        Assert.Equal("kfunc:/6.12/bpf_task_from_pid.h", uri);
        var text = (await editor.Session.RequestAsync("workspace/textDocumentContent", new JsonObject { ["uri"] = uri })).GetProperty("text").GetString()!;
        Assert.Equal("extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;", text.Split('\n')[location.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32()]);
        Assert.Contains("kernel/bpf/helpers.c", text);
        Assert.Contains("release it with bpf_task_release", text);
    }

    [Fact]
    public async Task ADocumentThatIsNotThereIsAnError()
    {
        await using var session = await LspSession.OnSketchesAsync(EditorProcess.Rich);
        var error = await session.RefusedAsync("workspace/textDocumentContent", new JsonObject { ["uri"] = "kfunc:/6.12/bpf_no_such.h" });
        Assert.Equal(-32602, error.Code);
    }

    [Fact]
    public async Task AClientThatCannotShowItGetsNone()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync("file:///w/a.bpf.c", "SEC(\"tc\") int p(void) { bpf_task_release(0); }");
        Assert.Equal(JsonValueKind.Null, (await session.RequestAsync("textDocument/definition", LspSession.At("file:///w/a.bpf.c", 0, 30))).ValueKind);
    }

    [Fact]
    public async Task ADefinitionIsFoundInAKernelTree()
    {
        using var tree = new Scratch();
        tree.Write("kernel/bpf/helpers.c", "/* bpf_task_release */\n__bpf_kfunc void bpf_task_release(struct task_struct *p)\n{\n}\n");
        var source = tree.Write("a.bpf.c", "SEC(\"tc\") int p(void) { bpf_task_release(0); }");
        tree.Write(".kfunc-lsp.json", """{ "kernels": ["6.12"], "kernelTree": "." }""");
        using var process = ServerProcess.Start("server");
        await using var session = ServerProcess.Session(process);
        await session.InitializeAsync();
        var uri = new Uri(source).AbsoluteUri;
        await session.OpenAsync(uri, await File.ReadAllTextAsync(source, TestContext.Current.CancellationToken));
        await session.DiagnosticsAsync(uri, 1);
        var location = Assert.Single((await session.RequestAsync("textDocument/definition", LspSession.At(uri, 0, 30))).EnumerateArray());
        Assert.EndsWith("/kernel/bpf/helpers.c", location.GetProperty("uri").GetString());
        Assert.Equal("1:17", $"{location.GetProperty("range").GetProperty("start").GetProperty("line")}:{location.GetProperty("range").GetProperty("start").GetProperty("character")}");
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public async Task UsesAreFoundInOpenAndInClosedFiles(bool withDeclarations, int expected)
    {
        using var folder = new Scratch();
        folder.Write("b.bpf.c", "// bpf_task_release\nSEC(\"tc\") int q(void) { bpf_task_release(0); x.bpf_task_release; }");
        await using var session = LspSession.Start(Workspace.Fakes.SketchAnalysis.Services(new(), new(), "6.12"));
        await session.RequestAsync("initialize", new JsonObject
        {
            ["processId"] = null, ["rootUri"] = new Uri(folder.Directory).AbsoluteUri, ["capabilities"] = new JsonObject(),
        });
        await session.NotifyAsync("initialized", new JsonObject());
        var uri = new Uri(folder.PathOf("a.bpf.c")).AbsoluteUri;
        await session.OpenAsync(uri, "extern void bpf_task_release(struct task_struct *p) __ksym;\nSEC(\"tc\") int p(void) { bpf_task_release(0); }");
        var at = LspSession.At(uri, 1, 30);
        at["context"] = new JsonObject { ["includeDeclaration"] = withDeclarations };
        var found = (await session.RequestAsync("textDocument/references", at)).EnumerateArray().ToList();
        Assert.Equal(expected, found.Count);
        Assert.Contains(found, l => l.GetProperty("uri").GetString()!.EndsWith("/b.bpf.c", StringComparison.Ordinal));
    }
}
