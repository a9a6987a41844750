using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Server.Features;

/// <summary>Every method that the server announces is called in a session with a real process and answers with substance; every message is checked both ways.</summary>
/// <remarks>What is announced is read from the answer to <c>initialize</c> by the protocol's own model: a new capability without a row here fails.</remarks>
public sealed class AnnouncedMethodsTests : IDisposable
{
    private const string Leak = """
        #include "kernel.h"

        SEC("tp_btf/task_newtask")
        int leaks(u64 *ctx)
        {
        	struct task_struct *p = bpf_task_from_pid(42);
        	if (!p)
        		return 0;
        	return 1;
        }

        """;

    /// <summary>What every server serves, and what no capability stands for.</summary>
    private static readonly string[] s_always =
        ["initialize", "initialized", "$/setTrace", "$/cancelRequest", "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles", "shutdown", "exit"];

    /// <summary>What the server says and asks of itself in such sessions.</summary>
    private static readonly string[] s_fromServer =
    [
        "client/registerCapability", "workspace/configuration", "window/showMessage", "workspace/codeLens/refresh", "workspace/inlayHint/refresh",
        "workspace/semanticTokens/refresh", "workspace/diagnostic/refresh", "textDocument/publishDiagnostics", "$/progress",
    ];

    private readonly Scratch _folder = new();
    private readonly string _uri;
    private readonly Dictionary<string, Func<Task>> _rows;
    private LspSession _session = null!;
    private JsonObject _settings = [];
    private bool _pulls;

    public AnnouncedMethodsTests()
    {
        _folder.Write("compile_flags.txt", $"-target\nbpf\n-O2\n-g\n-std=gnu11\n-nostdinc\n-I{Repository.PathOf("tests", "fixtures", "rules")}\n");
        _folder.Write(".kfunc-lsp.json", """{ "kernels": ["6.12", "7.3"] }""");
        _folder.Write("closed.bpf.c", Leak.Replace("leaks", "closed"));
        _uri = new Uri(_folder.Write("a.bpf.c", EditorProcess.Text)).AbsoluteUri;
        _rows = new(StringComparer.Ordinal)
        {
            ["textDocument/hover"] = async () => Assert.Contains("bpf_task_release", (await At("textDocument/hover", "bpf_task_|from_pid(42)")).GetProperty("contents").GetProperty("value").GetString()),
            ["textDocument/completion"] = async () => Assert.Contains("bpf_task_release", Labels(await At("textDocument/completion", "bpf_task_|release(p)"))),
            ["completionItem/resolve"] = ResolveCompletionAsync,
            ["textDocument/signatureHelp"] = async () => Assert.StartsWith("void bpf_task_release(", (await At("textDocument/signatureHelp", "bpf_task_release(|p)")).GetProperty("signatures")[0].GetProperty("label").GetString()),
            ["textDocument/inlayHint"] = async () => Assert.NotEmpty((await Of("textDocument/inlayHint", Everything())).EnumerateArray()),
            ["textDocument/codeLens"] = async () => Assert.NotEmpty((await Of("textDocument/codeLens")).EnumerateArray()),
            ["textDocument/semanticTokens/full"] = async () => Assert.NotEqual(0, (await Of("textDocument/semanticTokens/full")).GetProperty("data").GetArrayLength()),
            ["textDocument/semanticTokens/range"] = async () => Assert.NotEqual(0, (await Of("textDocument/semanticTokens/range", Everything())).GetProperty("data").GetArrayLength()),
            ["textDocument/definition"] = async () => Assert.Equal("kfunc:/6.12/bpf_task_from_pid.h", await DefinitionAsync()),
            ["workspace/textDocumentContent"] = async () =>
                Assert.Contains("bpf_task_from_pid", (await _session.RequestAsync("workspace/textDocumentContent", new JsonObject { ["uri"] = await DefinitionAsync() })).GetProperty("text").GetString()),
            ["textDocument/references"] = ReferencesAsync,
            ["textDocument/documentSymbol"] = async () => Assert.Equal(4, (await Of("textDocument/documentSymbol")).GetArrayLength()),
            ["textDocument/foldingRange"] = async () => Assert.Equal(2, (await Of("textDocument/foldingRange")).GetArrayLength()),
            ["textDocument/documentHighlight"] = async () => Assert.Equal(2, (await At("textDocument/documentHighlight", "bpf_spin_|lock(")).GetArrayLength()),
            ["textDocument/documentLink"] = async () => Assert.NotEmpty((await Of("textDocument/documentLink")).EnumerateArray()),
            ["textDocument/codeAction"] = () => MendAsync("textDocument/codeAction"),
            ["codeAction/resolve"] = () => MendAsync("codeAction/resolve"),
            ["textDocument/didOpen"] = OpenedAndClosedAsync,
            ["textDocument/didChange"] = () => MendAsync("textDocument/didChange"),
            ["textDocument/didSave"] = () => _session.NotifyAsync("textDocument/didSave", new JsonObject { ["textDocument"] = Document(_uri) }),
            ["textDocument/didClose"] = OpenedAndClosedAsync,
            ["textDocument/diagnostic"] = PullAsync,
            ["workspace/diagnostic"] = PullEverythingAsync,
            ["workspace/didChangeWorkspaceFolders"] = () => _session.NotifyAsync("workspace/didChangeWorkspaceFolders", LspSession.Json("""{"event":{"added":[],"removed":[]}}""")),
            ["workspace/didChangeConfiguration"] = ChangeSettingsAsync,
            ["workspace/didChangeWatchedFiles"] = ChangeFileAsync,
            ["$/setTrace"] = () => _session.NotifyAsync("$/setTrace", new JsonObject { ["value"] = "off" }),
            ["$/cancelRequest"] = () => _session.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = 4711 }),
            ["kfunc/status"] = StatusAsync,
        };
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EachAnnouncedMethodIsServed()
    {
        var seen = new HashSet<(string Method, bool FromClient)>();
        var announced = s_always.ToHashSet(StringComparer.Ordinal);
        foreach (var pulls in new[] { false, true })
        {
            using var process = ServerProcess.Start("server");
            await using (_session = ServerProcess.Session(process))
            {
                var own = await BeginAsync(pulls);
                announced.UnionWith(own);
                foreach (var (method, row) in _rows.Where(r => own.Contains(r.Key) || s_always.Contains(r.Key)))
                {
                    try
                    {
                        await row();
                    }
                    catch (Exception failed) when (failed is not OperationCanceledException)
                    {
                        throw new InvalidOperationException($"{method}, in a session that {(pulls ? "pulls" : "is pushed to")}: {failed.Message}", failed);
                    }
                }
            }

            // shutdown and exit are the session's own end.
            seen.UnionWith(_session.Methods);
        }

        Assert.Empty(announced.Except(seen.Where(m => m.FromClient).Select(m => m.Method)));
        Assert.Empty(_rows.Keys.Except(announced));
        Assert.Empty(s_fromServer.Except(seen.Where(m => !m.FromClient).Select(m => m.Method)));
    }

    /// <summary>Initializes as a client that can do everything. Returns the methods that the server announces.</summary>
    private async Task<HashSet<string>> BeginAsync(bool pulls)
    {
        _settings = new JsonObject { ["oops"] = 1 };
        var capabilities = EditorProcess.Rich;
        capabilities["window"] = LspSession.Json("""{"workDoneProgress":true}""");
        foreach (var (name, value) in (JsonObject)LspSession.Json(
            """
            {"configuration":true,"didChangeConfiguration":{"dynamicRegistration":true},"didChangeWatchedFiles":{"dynamicRegistration":true},"workspaceFolders":true,
             "workspaceEdit":{"documentChanges":true},"diagnostics":{"refreshSupport":true}}
            """)) capabilities["workspace"]![name] = value!.DeepClone();
        capabilities["textDocument"]!["codeAction"] = LspSession.Json(
            """{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}},"isPreferredSupport":true,"dataSupport":true,"resolveSupport":{"properties":["edit"]}}""");
        if (pulls) capabilities["textDocument"]!["diagnostic"] = new JsonObject();
        _session.Answer = (method, _) => method == "workspace/configuration" ? new JsonArray(_settings.DeepClone(), _settings.DeepClone()) : null;
        var result = await _session.RequestAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId, ["rootUri"] = null, ["capabilities"] = capabilities,
            ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = new Uri(_folder.Directory).AbsoluteUri, ["name"] = "w" }),
        });
        await _session.NotifyAsync("initialized", new JsonObject());
        await _session.OpenAsync(_uri, EditorProcess.Text);
        await CheckedAsync(_uri, 1, pulls);
        var methods = MetaModel.MetaModel.Official.MethodsOf(result.GetProperty("capabilities")).ToHashSet(StringComparer.Ordinal);
        if (result.GetProperty("capabilities").GetProperty("experimental").GetProperty("kfuncStatus").GetBoolean()) methods.Add("kfunc/status");
        _pulls = pulls;
        return methods;
    }

    private async Task<JsonElement[]> CheckedAsync(string uri, int version, bool pulls) => pulls
        ? [.. (await PulledAsync(uri)).GetProperty("items").EnumerateArray()]
        : await _session.DiagnosticsAsync(uri, version);

    /// <summary>Asks again where the server says that the check was overtaken, as a client must.</summary>
    private async Task<JsonElement> PulledAsync(string uri)
    {
        while (true)
        {
            try
            {
                return await _session.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = Document(uri) });
            }
            catch (LspError overtaken) when (overtaken.Code == -32802 && overtaken.ErrorData?.GetProperty("retriggerRequest").GetBoolean() == true)
            {
                // The settings came in between.
            }
        }
    }

    /// <summary>A leak is opened, an action asked for, resolved and applied, and the text checked again.</summary>
    private async Task MendAsync(string method)
    {
        var uri = new Uri(_folder.PathOf($"{method.Replace('/', '_')}.bpf.c")).AbsoluteUri;
        await _session.OpenAsync(uri, Leak);
        var shown = await CheckedAsync(uri, 1, _pulls);
        var finding = Assert.Single(shown, d => d.GetProperty("code").GetString() == "KF0101");
        var offered = await _session.RequestAsync("textDocument/codeAction", new JsonObject
        {
            ["textDocument"] = Document(uri), ["range"] = JsonNode.Parse(finding.GetProperty("range").GetRawText()),
            ["context"] = new JsonObject { ["diagnostics"] = new JsonArray([.. shown.Select(d => JsonNode.Parse(d.GetRawText()))]) },
        });
        var action = offered.EnumerateArray().First(a => a.TryGetProperty("isPreferred", out var preferred) && preferred.GetBoolean());
        var resolved = await _session.RequestAsync("codeAction/resolve", JsonNode.Parse(action.GetRawText()));
        var mended = TextEdits.Apply(Leak, resolved.GetProperty("edit").GetProperty("documentChanges")[0].GetProperty("edits").EnumerateArray());
        Assert.Contains("bpf_task_release(p);\n\treturn 1;", mended);
        await _session.ChangeAsync(uri, 2, new JsonObject { ["text"] = mended });
        Assert.Empty(await CheckedAsync(uri, 2, _pulls));
        await _session.NotifyAsync("textDocument/didClose", new JsonObject { ["textDocument"] = Document(uri) });
    }

    private async Task OpenedAndClosedAsync()
    {
        var uri = new Uri(_folder.PathOf("closed.bpf.c")).AbsoluteUri;
        await _session.OpenAsync(uri, Leak);
        Assert.Single(await CheckedAsync(uri, 1, _pulls));
        await _session.NotifyAsync("textDocument/didClose", new JsonObject { ["textDocument"] = Document(uri) });
        if (!_pulls) Assert.Empty(await _session.DiagnosticsAsync(uri, null));
    }

    private async Task ResolveCompletionAsync()
    {
        var item = (await At("textDocument/completion", "bpf_task_|release(p)")).GetProperty("items").EnumerateArray().Single(i => i.GetProperty("label").GetString() == "bpf_task_from_pid");
        var resolved = await _session.RequestAsync("completionItem/resolve", JsonNode.Parse(item.GetRawText()));
        Assert.Contains("release it with `bpf_task_release`", resolved.GetProperty("documentation").GetProperty("value").GetString());
    }

    private async Task ReferencesAsync()
    {
        var found = await _session.RequestAsync("textDocument/references", new JsonObject
        {
            ["textDocument"] = Document(_uri), ["position"] = EditorProcess.Place("bpf_task_|from_pid(42)"), ["context"] = new JsonObject { ["includeDeclaration"] = true },
        });
        Assert.Contains(found.EnumerateArray(), r => r.GetProperty("uri").GetString()!.EndsWith("/closed.bpf.c", StringComparison.Ordinal));
    }

    private async Task PullAsync()
    {
        var first = await PulledAsync(_uri);
        var again = await _session.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = Document(_uri), ["previousResultId"] = first.GetProperty("resultId").GetString() });
        Assert.Equal("unchanged", again.GetProperty("kind").GetString());
    }

    private async Task PullEverythingAsync()
    {
        var all = await _session.RequestAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray(), ["workDoneToken"] = "all" });
        var closed = all.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("uri").GetString()!.EndsWith("/closed.bpf.c", StringComparison.Ordinal));
        Assert.Equal("KF0101", closed.GetProperty("items")[0].GetProperty("code").GetString());
        Assert.Equal("begin", (await _session.NextAsync("$/progress")).GetProperty("value").GetProperty("kind").GetString());
    }

    /// <summary>The editor's settings name another kernel: the lens says so once the file is checked again.</summary>
    private async Task ChangeSettingsAsync()
    {
        _settings = new JsonObject { ["kernel"] = "6.1" };
        await _session.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = null });
        await UntilAsync(async () => (await Of("textDocument/codeLens")).GetRawText().Contains("rejected on 6.1\"", StringComparison.Ordinal));
        _settings = [];
        await _session.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = null });
        await UntilAsync(async () => (await Of("textDocument/codeLens")).GetRawText().Contains("rejected on 6.12, 7.3\"", StringComparison.Ordinal));
    }

    private async Task ChangeFileAsync()
    {
        await ChangeTo("7.3");
        await UntilAsync(async () => (await Of("textDocument/codeLens")).GetRawText().Contains("rejected on 7.3\"", StringComparison.Ordinal));
        await ChangeTo("6.12\", \"7.3");
        await UntilAsync(async () => (await Of("textDocument/codeLens")).GetRawText().Contains("rejected on 6.12, 7.3\"", StringComparison.Ordinal));

        Task ChangeTo(string kernels)
        {
            var path = _folder.Write(".kfunc-lsp.json", $$"""{ "kernels": ["{{kernels}}"] }""");
            return _session.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = new Uri(path).AbsoluteUri, ["type"] = 2 }) });
        }
    }

    private async Task StatusAsync()
    {
        var status = await _session.RequestAsync("kfunc/status", null);
        var document = status.GetProperty("documents").EnumerateArray().Single(d => d.GetProperty("path").GetString()!.EndsWith("/a.bpf.c", StringComparison.Ordinal));
        Assert.Equal("Checked", document.GetProperty("state").GetString());
        Assert.Equal("rejected", document.GetProperty("programs").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "leaks").GetProperty("verdicts").GetProperty("7.3").GetString());
        Assert.Contains(status.GetProperty("parsers").EnumerateArray(), p => p.GetProperty("libclang").GetString()!.Contains("clang version", StringComparison.Ordinal) && p.GetProperty("memoryBytes").GetInt64() > 0);
        Assert.Contains(status.GetProperty("notices").EnumerateArray(), n => n.GetString()!.Contains("kfunc.oops: unknown key", StringComparison.Ordinal));
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var patience = 0; patience < 600; patience++)
        {
            if (await holds()) return;
            await Task.Delay(50);
        }

        Assert.Fail("it did not come");
    }

    private Task<JsonElement> Of(string method, JsonObject? more = null)
    {
        var parameters = more ?? [];
        parameters["textDocument"] = Document(_uri);
        return _session.RequestAsync(method, parameters);
    }

    private Task<JsonElement> At(string method, string at) => Of(method, new JsonObject { ["position"] = EditorProcess.Place(at) });

    private async Task<string> DefinitionAsync() => (await At("textDocument/definition", "|bpf_task_from_pid(42)"))[0].GetProperty("uri").GetString()!;

    private static JsonObject Document(string uri) => new() { ["uri"] = uri };

    private static JsonObject Everything() => new() { ["range"] = LspSession.Range(0, 0, 999, 0) };

    private static IEnumerable<string?> Labels(JsonElement answer) => answer.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("label").GetString());
}
