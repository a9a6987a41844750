using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Server.Features;

/// <summary>Each key of the configuration changes what a real server says; a key of the schema without a row here fails.</summary>
public sealed class SettingsKeyTests : IDisposable
{
    private const string Source = """
        #include "kernel.h"
        struct pt_regs { u64 ax; };
        extern void crash_kexec(struct pt_regs *regs) __ksym;

        SEC("tp_btf/task_newtask")
        int leaks(u64 *ctx)
        {
        	struct task_struct *p = bpf_task_from_pid(42);
        	if (!p)
        		return 0;
        #if defined(ADDED) || !defined(REMOVED)
        	bpf_task_release(p);
        #endif
        	return 0;
        }

        SEC("tp_btf/task_newtask")
        int balanced(u64 *ctx)
        {
        	struct task_struct *p = bpf_task_from_pid(42);

        	if (p)
        		bpf_task_release(p);
        	bpf_rcu_read_lock();
        	bpf_rcu_read_unlock();
        	return 0;
        }

        SEC("syscall")
        int crashes(void *ctx)
        {
        	crash_kexec((struct pt_regs *)ctx);
        	return 0;
        }

        """;

    /// <summary>Without the settings the server says <see cref="Before"/>, with them <see cref="After"/>, to the question of the row.</summary>
    private sealed record Row(string Settings, Func<SettingsKeyTests, Task<string>> Ask, string Before, string After);

    private static readonly Dictionary<string, Row> s_rows = new(StringComparer.Ordinal)
    {
        ["kernels"] = new("""{"kernels": ["6.12", "7.3"]}""", t => t.LensesAsync(), "rejected on 6.12;", "rejected on 6.12, 7.3;"),
        ["kernel"] = new("""{"kernel": "7.3"}""", t => t.LensesAsync(), "rejected on 6.12;", "rejected on 7.3;"),
        ["btf"] = new("""{"btf": "boot/vmlinux-6.1.9"}""", t => t.LensesAsync(), "rejected on 6.12;", "rejected on 6.1;"),
        ["compileFlags.add"] = new("""{"kernels": "6.12", "compileFlags": {"add": "-DADDED"}}""", t => t.CodesAsync(), "KF0101", ""),
        ["compileFlags.remove"] = new("""{"kernels": "6.12", "compileFlags": {"remove": ["-DREM*"]}}""", t => t.CodesAsync(), "KF0101", ""),
        ["registry"] = new("""{"kernels": "6.12", "registry": "not/there.json"}""", t => t.CodesAsync(), "KF0101", ""),
        ["vmlinux"] = new("""{"kernels": "6.12", "vmlinux": "types"}""", t => t.CodesOfVmlinuxUserAsync(), "", "KF0101"),
        ["kernelTree"] = new("""{"kernels": "6.12", "kernelTree": "linux"}""", t => t.HoverAsync(), "bpf_task_release", "Let it go as the test's tree says."),
        ["libclang"] = new("""{"kernels": "6.12", "libclang": "nowhere/libclang.so"}""", t => t.MessagesAsync(), "still owned", "nowhere/libclang.so"),
        ["capabilities"] = new("""{"kernels": "6.12", "capabilities": "CAP_BPF"}""", t => t.CodesAsync(), "KF0101", "KF0101 KF0706"),
        ["exclude"] = new("""{"kernels": "6.12", "exclude": "*.bpf.c"}""", t => t.CodesAsync(), "KF0101", ""),
        ["rules"] = new("""{"kernels": "6.12", "rules": {"KF0101": "off"}}""", t => t.CodesAsync(), "KF0101", ""),
        ["hints.acquires"] = new("""{"kernels": "6.12", "hints": {"acquires": false}}""", t => t.HintsAsync(), "acquires, may be NULL|", "|may be NULL|"),
        ["hints.nullable"] = new("""{"kernels": "6.12", "hints": {"nullable": false}}""", t => t.HintsAsync(), "acquires, may be NULL|", "|acquires|"),
        ["hints.rcu"] = new("""{"kernels": "6.12", "hints": {"rcu": false}}""", t => t.HintsAsync(), "|RCU until line", "releases:|"),
        ["hints.annotations"] = new("""{"kernels": "6.12", "hints": {"annotations": false}}""", t => t.HintsAsync(), "releases:|", "|RCU until line"),
        ["completion.declaration"] = new("""{"kernels": "6.12", "completion": {"declaration": "weak"}}""", t => t.CompletionAsync(),
            "bpf_cgroup_from_id(${1:cgid})$0 + extern struct cgroup *bpf_cgroup_from_id(u64 cgid) __ksym;",
            "if (bpf_ksym_exists(bpf_cgroup_from_id))\n\tbpf_cgroup_from_id(${1:cgid});$0 + extern struct cgroup *bpf_cgroup_from_id(u64 cgid) __ksym __weak;"),
        ["logFile"] = new("""{"kernels": "6.12", "logFile": "logs/kfunc.log"}""", t => t.LogAsync(), "no log", "findings"),
    };

    private readonly Scratch _folder = new();
    private readonly string _file;
    private LspSession _session = null!;
    private JsonElement[] _diagnostics = [];
    private int _vmlinuxAsked;

    public SettingsKeyTests()
    {
        _folder.Write("compile_flags.txt", $"-target\nbpf\n-O2\n-g\n-std=gnu11\n-nostdinc\n-DREMOVED\n-I{Repository.PathOf("tests", "fixtures", "rules")}\n");
        _folder.Write("types/vmlinux.h", "#include \"kernel.h\"\n");
        _folder.Write("linux/kernel/bpf/helpers.c", "/**\n * bpf_task_release - Let it go as the test's tree says.\n */\n");
        _file = _folder.Write("a.bpf.c", Source);
    }

    public void Dispose() => _folder.Dispose();

    private string Uri => new Uri(_file).AbsoluteUri;

    [Fact]
    public async Task EachKeyChangesWhatTheServerSays()
    {
        var keys = KeysOfTheSchema().Concat(["kernel", "logFile"]);
        Assert.Equal(keys.Order(StringComparer.Ordinal), s_rows.Keys.Order(StringComparer.Ordinal));

        using var process = ServerProcess.Start("server");
        await using (_session = ServerProcess.Session(process))
        {
            await _session.RequestAsync("initialize", new JsonObject
            {
                ["processId"] = null, ["rootUri"] = new Uri(_folder.Directory).AbsoluteUri, ["capabilities"] = EditorProcess.Rich,
                ["initializationOptions"] = new JsonObject { ["kernels"] = "6.12" },
            });
            await _session.NotifyAsync("initialized", new JsonObject());
            await _session.OpenAsync(Uri, Source);
            _diagnostics = await _session.DiagnosticsAsync(Uri, 1);
            foreach (var (key, row) in s_rows)
            {
                var before = await row.Ask(this);
                await UseAsync(row.Settings);
                var after = await row.Ask(this);
                await UseAsync("""{"kernels": "6.12"}""");
                Assert.True(Says(before, row.Before), $"{key}: without it the server says \"{before}\"");
                Assert.True(Says(after, row.After), $"{key}: with it the server says \"{after}\"");
                Assert.NotEqual(before, after);
            }
        }
    }

    private static bool Says(string answer, string wanted) => wanted.Length == 0 ? answer.Length == 0 : answer.Contains(wanted, StringComparison.Ordinal);

    private static List<string> KeysOfTheSchema()
    {
        var keys = new List<string>();
        Add(JsonElement.Parse(File.ReadAllText(Repository.PathOf("docs", "kfunc-lsp.schema.json"))), "");
        return keys;

        void Add(JsonElement schema, string prefix)
        {
            foreach (var property in schema.GetProperty("properties").EnumerateObject().Where(p => p.Name != "$schema"))
                if (property.Value.TryGetProperty("properties", out _)) Add(property.Value, $"{prefix}{property.Name}.");
                else keys.Add(prefix + property.Name);
        }
    }

    private async Task UseAsync(string settings)
    {
        await _session.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = new JsonObject { ["kfunc"] = JsonNode.Parse(settings) } });
        _diagnostics = await _session.DiagnosticsAsync(Uri, 1);
    }

    private Task<string> CodesAsync() => Task.FromResult(string.Join(' ', _diagnostics.Select(d => d.GetProperty("code").GetString())));

    private Task<string> MessagesAsync() => Task.FromResult(string.Join('\n', _diagnostics.Select(d => d.GetProperty("message").GetString())));

    private async Task<string> LensesAsync() =>
        string.Concat((await AskAsync("textDocument/codeLens")).EnumerateArray().Select(l => l.GetProperty("command").GetProperty("title").GetString() + ";"));

    private async Task<string> HintsAsync()
    {
        var hints = await AskAsync("textDocument/inlayHint", new JsonObject { ["range"] = LspSession.Range(0, 0, 99, 0) });
        return $"|{string.Join('|', hints.EnumerateArray().Select(h => h.GetProperty("label").GetString()))}|";
    }

    private async Task<string> HoverAsync() => (await AskAsync("textDocument/hover", At("bpf_task_release(p)"))).GetProperty("contents").GetProperty("value").GetString()!;

    private async Task<string> CompletionAsync()
    {
        var items = await AskAsync("textDocument/completion", At("return 0;\n}\n\nSEC(\"syscall\")"));
        var item = items.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("label").GetString() == "bpf_cgroup_from_id");
        return $"{item.GetProperty("textEdit").GetProperty("newText").GetString()} + {item.GetProperty("additionalTextEdits")[0].GetProperty("newText").GetString()}";
    }

    /// <summary>Of a file whose <c>vmlinux.h</c> lies where nothing but the setting leads; it is opened only where there is one, since one would be generated.</summary>
    private async Task<string> CodesOfVmlinuxUserAsync()
    {
        if (_vmlinuxAsked++ == 0) return "";
        var uri = new Uri(_folder.PathOf("v.bpf.c")).AbsoluteUri;
        await _session.OpenAsync(uri, Source.Replace("kernel.h", "vmlinux.h", StringComparison.Ordinal));
        var codes = string.Join(' ', (await _session.DiagnosticsAsync(uri, 1)).Select(d => d.GetProperty("code").GetString()));
        await _session.NotifyAsync("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        await _session.DiagnosticsAsync(uri, null);
        return codes;
    }

    private async Task<string> LogAsync()
    {
        var path = _folder.PathOf("logs/kfunc.log");
        if (!File.Exists(path)) return "no log";
        using var log = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return await log.ReadToEndAsync();
    }

    private Task<JsonElement> AskAsync(string method, JsonObject? more = null)
    {
        var parameters = more ?? [];
        parameters["textDocument"] = new JsonObject { ["uri"] = Uri };
        return _session.RequestAsync(method, parameters);
    }

    private static JsonObject At(string text)
    {
        var offset = Source.IndexOf(text, StringComparison.Ordinal);
        return new() { ["position"] = LspSession.Position(Source.AsSpan(0, offset).Count('\n'), offset - (Source.LastIndexOf('\n', offset - 1) + 1)) };
    }
}
