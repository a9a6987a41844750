using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace KfuncLsp.Tests.Server.Features;

/// <summary>What an editor shows in and around the code by itself, asked of a real process.</summary>
public sealed class CodeViewTests(EditorProcess editor)
{
    [Fact]
    public async Task HintsStandAtCallsAndArguments()
    {
        var hints = await HintsAsync();
        Assert.Contains("bpf_task_from_pid(42)[acquires, may be NULL];", hints);
        Assert.Contains("bpf_task_release([releases:]p)", hints);
        Assert.Contains("bpf_rcu_read_lock()[RCU until line 44];", hints);
        Assert.Contains("bpf_rcu_read_unlock()[RCU since line 40];", hints);
        Assert.Contains("bpf_iter_num_new([iter:]&it, 0, 10)", hints);
    }

    [Fact]
    public async Task HintsAreGivenForTheAskedLinesOnly()
    {
        var place = EditorProcess.Place("bpf_task_from_pid(42)");
        var range = LspSession.Range((int)place["line"]!, 0, (int)place["line"]!, 80);
        var hints = await editor.AskAsync("textDocument/inlayHint", new JsonObject { ["range"] = range });
        var hint = Assert.Single(hints.EnumerateArray());
        Assert.Contains("`bpf_task_release`", hint.GetProperty("tooltip").GetProperty("value").GetString());
        Assert.True(hint.GetProperty("paddingLeft").GetBoolean());
    }

    [Fact]
    public async Task ALensSaysWhatAProgramIsAndWhatEachKernelSays()
    {
        var lenses = (await editor.AskAsync("textDocument/codeLens")).EnumerateArray()
            .Select(l => $"{EditorProcess.Covered(l.GetProperty("range"))}: {l.GetProperty("command").GetProperty("title").GetString()}").ToList();
        Assert.Contains("leaks: TRACING TRACE_RAW_TP | not sleepable | 2 kfuncs | Linux 6.2 or newer", lenses);
        Assert.Contains("leaks: rejected on 6.12, 7.3", lenses);
        Assert.Contains(lenses, l => l.StartsWith("keeps: LSM LSM_MAC | sleepable | 4 kfuncs", StringComparison.Ordinal));
        Assert.Contains("keeps: accepted on 6.12, 7.3", lenses);
        Assert.Contains(lenses, l => l.StartsWith("locks: SCHED_CLS | not sleepable | 3 kfuncs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KfuncsHaveColoursOfTheirOwn()
    {
        var tokens = Tokens(await editor.AskAsync("textDocument/semanticTokens/full"));
        Assert.Contains(("bpf_task_from_pid", "acquire"), tokens);
        Assert.Contains(("bpf_task_release", "release"), tokens);
        Assert.Contains(("bpf_task_from_vpid", "acquire unavailable"), tokens);
        Assert.Contains(tokens, t => t.Text == "scx_bpf_dsq_insert");
        Assert.DoesNotContain(tokens, t => t.Text == "bpf_map_lookup_elem");
    }

    [Fact]
    public async Task ColoursAreGivenForARange()
    {
        var place = EditorProcess.Place("bpf_task_release(p)");
        var range = LspSession.Range((int)place["line"]!, 0, (int)place["line"]!, 40);
        Assert.Equal(("bpf_task_release", "release"), Assert.Single(Tokens(await editor.AskAsync("textDocument/semanticTokens/range", new JsonObject { ["range"] = range }))));
    }

    [Fact]
    public async Task TheOutlineHasProgramsAndMaps()
    {
        var symbols = (await editor.AskAsync("textDocument/documentSymbol")).EnumerateArray()
            .Select(s => $"{s.GetProperty("name").GetString()} {s.GetProperty("detail").GetString()} {EditorProcess.Covered(s.GetProperty("selectionRange"))}").ToList();
        Assert.Equal(
            ["slots ARRAY: u32 to struct slot slots", "leaks SEC(\"tp_btf/task_newtask\") leaks", "keeps SEC(\"lsm.s/file_open\") keeps", "locks SEC(\"tc\") locks"], symbols);
    }

    [Fact]
    public async Task SectionsAndLocksFold()
    {
        var folds = (await editor.AskAsync("textDocument/foldingRange")).EnumerateArray()
            .Select(f => $"{Line(f.GetProperty("startLine"))} .. {Line(f.GetProperty("endLine"))} {f.GetProperty("collapsedText").GetString()}").ToList();
        Assert.Equal(
            [
                "bpf_rcu_read_lock(); .. bpf_task_release(task); RCU read section",
                "bpf_spin_lock(&slot->lock); .. key = 2; lock held",
            ], folds);

        static string Line(JsonElement line) => EditorProcess.Text.Split('\n')[line.GetInt32()].Trim();
    }

    [Theory]
    [InlineData("bpf_task_|from_pid(42)", "bpf_task_from_pid+ bpf_task_release")]
    [InlineData("bpf_task_release|(p)", "bpf_task_from_pid+ bpf_task_release")]
    [InlineData("|bpf_task_acquire(task)", "bpf_task_acquire+ bpf_task_release")]
    [InlineData("bpf_rcu_read_|unlock()", "bpf_rcu_read_lock+ bpf_rcu_read_unlock")]
    [InlineData("bpf_spin_|lock(", "bpf_spin_lock+ bpf_spin_unlock")]
    [InlineData("bpf_iter_num_|next(", "bpf_iter_num_new+ bpf_iter_num_next bpf_iter_num_destroy")]
    [InlineData("bpf_map_|lookup_elem(", "")]
    public async Task CallsThatBelongTogetherLightUpTogether(string at, string expected)
    {
        var found = (await editor.AskAtAsync("textDocument/documentHighlight", at)).EnumerateArray()
            .Select(h => EditorProcess.Covered(h.GetProperty("range")) + (h.GetProperty("kind").GetInt32() == 3 ? "+" : ""));
        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public async Task RuleNamesAndDeclarationsAreLinks()
    {
        var links = (await editor.AskAsync("textDocument/documentLink")).EnumerateArray()
            .ToDictionary(l => EditorProcess.Covered(l.GetProperty("range")), l => l.GetProperty("target").GetString()!);
        Assert.EndsWith("docs/rules/KF0101-unreleased-reference.md", links["KF0101"]);
        Assert.StartsWith("https://elixir.bootlin.com/linux/v", links["bpf_task_from_vpid"]);
    }

    /// <summary>The text with its hints in it, between brackets.</summary>
    private async Task<string> HintsAsync()
    {
        var lines = EditorProcess.Text.Split('\n');
        var hints = await editor.AskAsync("textDocument/inlayHint", new JsonObject { ["range"] = LspSession.Range(0, 0, lines.Length, 0) });
        foreach (var hint in hints.EnumerateArray().Reverse())
        {
            var (line, column) = (hint.GetProperty("position").GetProperty("line").GetInt32(), hint.GetProperty("position").GetProperty("character").GetInt32());
            lines[line] = lines[line].Insert(column, $"[{hint.GetProperty("label").GetString()}]");
        }

        return string.Join('\n', lines);
    }

    private static List<(string Text, string Modifiers)> Tokens(JsonElement answer)
    {
        string[] modifiers = ["acquire", "release", "sleepable", "deprecated", "unavailable"];
        var data = answer.GetProperty("data").EnumerateArray().Select(n => n.GetInt32()).ToArray();
        var lines = EditorProcess.Text.Split('\n');
        var found = new List<(string, string)>();
        var (line, column) = (0, 0);
        foreach (var token in data.Chunk(5))
        {
            (line, column) = (line + token[0], token[0] == 0 ? column + token[1] : token[1]);
            found.Add((lines[line].Substring(column, token[2]), string.Join(' ', modifiers.Where((_, i) => (token[4] & 1 << i) != 0))));
        }

        return found;
    }
}
