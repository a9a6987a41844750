using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Tests.Server;
using Xunit;

[assembly: AssemblyFixture(typeof(KfuncLsp.Tests.Server.Features.EditorProcess))]

namespace KfuncLsp.Tests.Server.Features;

/// <summary>A server process with <c>features.bpf.c</c> open and judged; all tests of features ask the same one.</summary>
public sealed class EditorProcess : IAsyncLifetime
{
    private static readonly string s_file = Repository.PathOf("tests", "fixtures", "editor", "features.bpf.c");
    private Process? _process;
    private LspSession? _session;
    private Task? _started;

    /// <summary>What a rich client of today can do.</summary>
    internal static JsonNode Rich => LspSession.Json(
        """
        {
          "workspace":{"codeLens":{"refreshSupport":true},"inlayHint":{"refreshSupport":true},"semanticTokens":{"refreshSupport":true},"textDocumentContent":{}},
          "general":{"positionEncodings":["utf-16"]},
          "textDocument":{
            "publishDiagnostics":{"versionSupport":true},
            "signatureHelp":{"signatureInformation":{"documentationFormat":["markdown"],"parameterInformation":{"labelOffsetSupport":true}}},
            "documentSymbol":{"hierarchicalDocumentSymbolSupport":true},
            "completion":{"completionItem":{"snippetSupport":true,"documentationFormat":["markdown"],"labelDetailsSupport":true,"tagSupport":{"valueSet":[1]}}}
          }
        }
        """);

    internal static string Uri { get; } = new Uri(s_file).AbsoluteUri;

    internal static string Text { get; } = File.ReadAllText(s_file);

    internal LspSession Session => _session!;

    public ValueTask InitializeAsync() => default;

    /// <summary>Asks about the document.</summary>
    internal async Task<JsonElement> AskAsync(string method, JsonObject? more = null)
    {
        await StartedAsync();
        var parameters = more ?? [];
        parameters["textDocument"] = new JsonObject { ["uri"] = Uri };
        return await Session.RequestAsync(method, parameters);
    }

    /// <summary>Waits until what variables hold is recorded, which comes after the verdicts: nothing tells a client, so it is asked for.</summary>
    internal async Task StatesAsync()
    {
        for (var patience = 0; patience < 600; patience++)
        {
            if ((await AskAtAsync("textDocument/hover", "struct task_struct *|p = bpf_task_from_pid")).ValueKind != JsonValueKind.Null) return;
            await Task.Delay(50);
        }

        Assert.Fail("states were not recorded");
    }

    /// <summary>Asks about a place: where a text begins, or behind a part of it that ends in <c>|</c>.</summary>
    internal Task<JsonElement> AskAtAsync(string method, string at) => AskAsync(method, new JsonObject { ["position"] = Place(at) });

    /// <summary>A place in UTF-16 units: of <paramref name="at"/>, whose <c>|</c> marks the cursor.</summary>
    internal static JsonObject Place(string at)
    {
        var cursor = Math.Max(0, at.IndexOf('|'));
        var found = Text.IndexOf(at.Replace("|", ""), StringComparison.Ordinal);
        Assert.True(found >= 0, $"the file has no {at}");
        found += cursor;
        return LspSession.Position(Text.AsSpan(0, found).Count('\n'), found - (Text.LastIndexOf('\n', Math.Max(0, found - 1)) + 1));
    }

    /// <summary>The text that a range of UTF-16 units covers.</summary>
    internal static string Covered(JsonElement range) => Covered(range, Text);

    internal static string Covered(JsonElement range, string text)
    {
        var (start, end) = (Offset(range.GetProperty("start")), Offset(range.GetProperty("end")));
        return text[start..end];

        int Offset(JsonElement place)
        {
            var line = 0;
            for (var i = 0; i < place.GetProperty("line").GetInt32(); i++) line = text.IndexOf('\n', line) + 1;
            return line + place.GetProperty("character").GetInt32();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        _process?.Dispose();
    }

    private Task StartedAsync()
    {
        lock (s_file) return _started ??= StartAsync();
    }

    private async Task StartAsync()
    {
        _process = ServerProcess.Start("server");
        _session = ServerProcess.Session(_process);
        await _session.InitializeAsync(Rich);
        await _session.OpenAsync(Uri, Text);
        await _session.DiagnosticsAsync(Uri, 1);
    }
}
