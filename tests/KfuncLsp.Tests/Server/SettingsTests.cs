using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Tests.Workspace.Fakes;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;
using Xunit;

namespace KfuncLsp.Tests.Server;

public sealed class SettingsTests : IDisposable
{
    private const string Source = "SEC(\"tc\") int p(void) { leak(); }";
    private readonly Scratch _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheClientIsAskedForItsSettingsAndFilesAreCheckedWithThem()
    {
        var log = Path.Combine(_folder.Directory, "logs", "server.log");
        await using var session = LspSession.Start(SketchAnalysis.Services(new(), new()));
        JsonNode? asked = null;
        session.Answer = (method, message) =>
        {
            if (method != "workspace/configuration") return null;
            asked = JsonNode.Parse(message.GetProperty("params").GetRawText());
            return new JsonArray(null, new JsonObject { ["logFile"] = "logs/server.log", ["kernels"] = null });
        };
        await session.RequestAsync("initialize", Initialize("""{"workspace":{"configuration":true,"didChangeConfiguration":{"dynamicRegistration":true}}}"""));
        await session.NotifyAsync("initialized", new JsonObject());
        var uri = new Uri(Path.Combine(_folder.Directory, "a.bpf.c")).AbsoluteUri;
        await session.OpenAsync(uri, Source);
        await session.DiagnosticsAsync(uri, 1);
        while (!File.Exists(log)) await session.RequestAsync("textDocument/hover", LspSession.At(uri, 0, 0));
        Assert.Equal(
            $$"""[{"section":"kfunc"},{"scopeUri":"{{new Uri(_folder.Directory).AbsoluteUri}}","section":"kfunc"}]""", asked!["items"]!.ToJsonString());
        Assert.Contains("client/registerCapability", session.ServerRequests);
    }

    [Fact]
    public async Task AChangedHeaderIsNoticedWithoutAClientThatWatches()
    {
        var header = Path.Combine(_folder.Directory, "h.h");
        File.WriteAllText(header, "// one\n");
        await using var session = LspSession.Start(SketchAnalysis.Services(new(), new()));
        await session.RequestAsync("initialize", Initialize("{}"));
        await session.NotifyAsync("initialized", new JsonObject());
        var uri = new Uri(Path.Combine(_folder.Directory, "a.bpf.c")).AbsoluteUri;
        await session.OpenAsync(uri, "#include \"h.h\"\n" + Source);
        await session.DiagnosticsAsync(uri, 1);

        // The first look only learns what is there, so the file changes until a look has seen it.
        var again = session.DiagnosticsAsync(uri, 1);
        for (var length = 1; !again.IsCompleted; length++)
        {
            File.WriteAllText(header, new string('/', length) + "\n");
            await Task.WhenAny(again, Task.Delay(500, TestContext.Current.CancellationToken));
        }

        Assert.Single(await again);
    }

    [Fact]
    public async Task ALookTellsWhatChangedCameAndWent()
    {
        var (main, header) = (Path.Combine(_folder.Directory, "a.bpf.c"), Path.Combine(_folder.Directory, "h.h"));
        File.WriteAllText(header, "");
        await using var workspace = new LiveWorkspace(SketchAnalysis.Services(new(), new()));
        workspace.Open(TextDocument.Create(main, 1, "#include \"h.h\"\n" + Source));
        await workspace.NewestCheck(main)!;
        await using var watch = new DiskWatch(workspace);
        Assert.Empty(watch.Look().Paths);
        File.WriteAllText(header, "// changed");
        var changed = watch.Look();
        Assert.True(changed.IsContentOnly);
        Assert.Equal(header, Assert.Single(changed.Paths));
        var configuration = Path.Combine(_folder.Directory, ConfigurationFile.Name);
        File.WriteAllText(configuration, "{}");
        var came = watch.Look();
        Assert.False(came.IsContentOnly);
        Assert.Equal(configuration, Assert.Single(came.Paths));
        Assert.Empty(watch.Look().Paths);
    }

    [Fact]
    public async Task AnEditorThatWatchesFilesLeavesThoseOfKernelsToUs()
    {
        var (main, registry) = (Path.Combine(_folder.Directory, "a.bpf.c"), Path.Combine(_folder.Directory, "vendor.json"));
        File.WriteAllText(registry, "{}");
        var services = SketchAnalysis.Services(new(), new()) with { Projects = new FixedProjects("6.12") { Configuration = ProjectConfiguration.Empty with { Registries = [registry] } } };
        await using var workspace = new LiveWorkspace(services);
        workspace.Open(TextDocument.Create(main, 1, Source));
        await workspace.NewestCheck(main)!;
        await using var watch = new DiskWatch(workspace) { KernelsOnly = true };
        Assert.Empty(watch.Look().Paths);
        File.WriteAllText(Path.Combine(_folder.Directory, ConfigurationFile.Name), "{}");
        Assert.Empty(watch.Look().Paths);
        File.WriteAllText(registry, "{ }");
        Assert.Equal(registry, Assert.Single(watch.Look().Paths));
    }

    private JsonObject Initialize(string capabilities) => new()
    {
        ["processId"] = null, ["rootUri"] = null, ["capabilities"] = LspSession.Json(capabilities),
        ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = new Uri(_folder.Directory).AbsoluteUri, ["name"] = "w" }),
    };
}
