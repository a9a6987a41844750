using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Tests.Workspace.Fakes;
using KfuncLsp.Workspace.Configuration;
using Xunit;

namespace KfuncLsp.Tests.Server;

public sealed class HoverTests
{
    private const string Uri = "file:///w/a.bpf.c";

    private const string Source =
        """
        extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
        SEC("tp_btf/task_newtask") int p(void) { /* é😀 */ bpf_task_from_pid(1); x.bpf_task_release(2); }
        SEC("xdp") int x(void) { bpf_get_root_mem_cgroup(); }
        // bpf_task_release
        static char *s = "bpf_task_release";
        """;

    [Fact]
    public async Task ACallSaysAllThatIsKnown()
    {
        await using var session = await OpenAsync();
        var hover = await Hover(session, 1, Column("bpf_task_from_pid(1)", 1) + 3);
        var text = hover.GetProperty("contents").GetProperty("value").GetString()!;
        Assert.Equal("markdown", hover.GetProperty("contents").GetProperty("kind").GetString());
        foreach (var part in new[]
        {
            "```c\nstruct task_struct *bpf_task_from_pid(s32 pid);\n```", "`KF_ACQUIRE`", "`KF_RET_NULL`", "- `pid`: the pid as the root namespace numbers it",
            "release it with `bpf_task_release`", "TRACING", "**Kernels**", "not in 6.1", "May be called in `p` (TRACING) on 6.12",
            "https://elixir.bootlin.com/linux/v6.12",
        })
            Assert.Contains(part, text);
        Assert.Equal(Column("bpf_task_from_pid(1)", 1), hover.GetProperty("range").GetProperty("start").GetProperty("character").GetInt32());
    }

    [Fact]
    public async Task ADeclarationIsHoveredLikeACall()
    {
        await using var session = await OpenAsync();
        Assert.Contains("bpf_task_from_pid", (await Hover(session, 0, 30)).GetProperty("contents").GetProperty("value").GetString());
    }

    [Fact]
    public async Task AKfuncThatMayNotBeCalledHereSaysWhy()
    {
        await using var session = await OpenAsync();
        await session.ChangeAsync(Uri, 2, LspSession.Change(2, 25, 2, 48, "bpf_sock_destroy"));
        await session.DiagnosticsAsync(Uri, 2);
        Assert.Contains("May not be called in `x` on 6.12: ", (await Hover(session, 2, 27)).GetProperty("contents").GetProperty("value").GetString());
    }

    [Fact]
    public async Task TheUsersOwnTreeIsShownBesideOurWords()
    {
        using var tree = new Scratch();
        tree.Write("kernel/bpf/helpers.c", "/**\n * bpf_task_from_pid - What this tree says.\n */\nint x;\n");
        var services = SketchAnalysis.Services(new(), new(), ["6.12"]) with
        {
            Projects = new FixedProjects("6.12") { Configuration = ProjectConfiguration.Empty with { KernelTree = tree.Directory } },
        };
        await using var session = LspSession.Start(services);
        await session.InitializeAsync();
        await session.OpenAsync(Uri, Source);
        await session.DiagnosticsAsync(Uri, 1);
        var text = (await Hover(session, 1, Column("bpf_task_from_pid(1)", 1))).GetProperty("contents").GetProperty("value").GetString()!;
        Assert.Contains("**Your tree** kernel/bpf/helpers.c\n```text\nbpf_task_from_pid - What this tree says.\n```", text);
        Assert.Contains("root namespace", text);
    }

    [Theory]
    [InlineData(1, 27)]
    [InlineData(1, 80)]
    [InlineData(4, 25)]
    [InlineData(99, 0)]
    public async Task OtherPlacesSayNothing(int line, int column)
    {
        await using var session = await OpenAsync();
        Assert.Equal(JsonValueKind.Null, (await Hover(session, line, column)).ValueKind);
    }

    [Fact]
    public async Task AFileThatDoesNotParseIsHoveredToo()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, "SEC(\"tc\" int p( { bpf_task_release(");
        Assert.Contains("an owned `struct task_struct`; it is gone after the call", (await Hover(session, 0, 20)).GetProperty("contents").GetProperty("value").GetString());
    }

    [Fact]
    public async Task AClientWithoutMarkdownGetsPlainText()
    {
        await using var session = await OpenAsync(LspSession.Json("""{"textDocument":{"hover":{"contentFormat":["plaintext"]}}}"""));
        var contents = (await Hover(session, 0, 30)).GetProperty("contents");
        Assert.Equal("plaintext", contents.GetProperty("kind").GetString());
        Assert.DoesNotContain("`", contents.GetProperty("value").GetString());
        Assert.DoesNotContain("**", contents.GetProperty("value").GetString());
    }

    [Fact]
    public async Task AProgramsOwnFunctionOfAKfuncsNameIsNoKfunc()
    {
        await using var session = await LspSession.OnSketchesAsync();
        await session.OpenAsync(Uri, "static int bpf_task_release(void) { x(); }\nSEC(\"tc\") int p(void) { bpf_task_release(); }");
        await session.DiagnosticsAsync(Uri, 1);
        Assert.Equal(JsonValueKind.Null, (await Hover(session, 1, 30)).ValueKind);
    }

    private static int Column(string text, int line) => Source.Split('\n')[line].IndexOf(text, StringComparison.Ordinal);

    private static Task<JsonElement> Hover(LspSession session, int line, int column) => session.RequestAsync("textDocument/hover", LspSession.At(Uri, line, column));

    private static async Task<LspSession> OpenAsync(JsonNode? capabilities = null)
    {
        var session = await LspSession.OnSketchesAsync(capabilities);
        await session.OpenAsync(Uri, Source);
        await session.DiagnosticsAsync(Uri, 1);
        return session;
    }
}
