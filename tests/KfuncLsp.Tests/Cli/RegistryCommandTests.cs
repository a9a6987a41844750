using System.Text.Json;
using System.Text.Json.Nodes;
using KfuncLsp.Server.Cli;
using KfuncLsp.Tests.Registry.Built;
using Xunit;

namespace KfuncLsp.Tests.Cli;

/// <summary><c>kfunc-lsp registry</c>, as a user types it.</summary>
public sealed class RegistryCommandTests
{
    [Fact]
    public async Task ListNamesTheKfuncsOfAKernel()
    {
        var (code, output, _) = await Run("list", "--kernel", "6.12", "--program-type", "XDP", "--flag", "KF_ACQUIRE");
        Assert.Equal(0, code);
        Assert.Contains("bpf_xdp_ct_lookup", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hid_bpf_allocate_context", output, StringComparison.Ordinal);
        Assert.DoesNotContain("bpf_task_release", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListPrintsThePublishedJson()
    {
        var (_, output, _) = await Run("list", "--kernel", "6.12", "--format", "json");
        var json = JsonNode.Parse(output)!;
        Assert.Equal("6.12.117", (string?)json["kernel"]);
        var acquire = json["kfuncs"]!.AsArray().Single(k => (string?)k!["name"] == "bpf_task_acquire")!;
        Assert.Equal(["KF_ACQUIRE", "KF_RCU", "KF_RET_NULL"], acquire["flags"]!.AsArray().Select(f => (string?)f));
        Assert.Equal(["KF_ACQUIRE", "KF_RCU", "KF_RET_NULL"], acquire["hooks"]!["TRACING"]!.AsArray().Select(f => (string?)f));
        Assert.Equal("struct task_struct *", (string?)acquire["prototype"]!["returns"]);
        Assert.Equal("p", (string?)acquire["prototype"]!["parameters"]![0]!["name"]);
        Assert.Equal("6.2", (string?)acquire["since"]);
        Assert.Empty(acquire["filters"]!.AsArray());
        Assert.Null(acquire["until"]);
        Assert.EndsWith("@6.12.117", (string?)acquire["source"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheExampleOfThePageIsWhatListPrints()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "registry.md"));
        var begin = page.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        var example = JsonNode.Parse(page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)])!["kfuncs"]![0]!;
        var (_, output, _) = await Run("list", "--kernel", "6.12", "--format", "json");
        Assert.True(JsonNode.DeepEquals(example, JsonNode.Parse(output)!["kfuncs"]!.AsArray().Single(k => (string?)k!["name"] == (string?)example["name"])));
    }

    [Theory]
    [InlineData("list --tests --kernel 6.1")]
    [InlineData("list --tests --kernel 6.12")]
    [InlineData("list --tests")]
    [InlineData("show bpf_task_acquire")]
    [InlineData("show scx_bpf_dsq_insert")]
    [InlineData("show --kernel 6.12 scx_bpf_dispatch")]
    public async Task JsonIsAsTheSchemaSays(string arguments)
    {
        var (_, output, _) = await Run([.. arguments.Split(' '), "--format", "json"]);
        var schema = new JsonSchema(JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "registry.schema.json"))).RootElement);
        Assert.Empty(schema.Validate(JsonDocument.Parse(output).RootElement).Take(5));
    }

    [Fact]
    public async Task ListHasTheMembersOfTheContractAndNoOther()
    {
        var (_, output, _) = await Run("list", "--format", "json");
        var json = JsonNode.Parse(output)!;
        Assert.Equal(["kernel", "kfuncs"], json.AsObject().Select(m => m.Key));
        string[] members = ["name", "test", "flags", "hooks", "filters", "prototype", "since", "until", "deprecated", "config", "source"];
        Assert.All(json["kfuncs"]!.AsArray(), k => Assert.Equal(members, k!.AsObject().Select(m => m.Key)));
        var implicits = json["kfuncs"]!.AsArray().Single(k => (string?)k!["name"] == "bpf_wq_set_callback")!["prototype"]!["parameters"]!.AsArray();
        Assert.Equal([null, null, null, true], implicits.Select(p => (bool?)p!["implicit"]));
    }

    [Fact]
    public async Task ShowSaysInJsonWhatItMeansAndHowItChanged()
    {
        var (_, output, _) = await Run("show", "--kernel", "6.12", "scx_bpf_dispatch", "--format", "json");
        var kfunc = JsonNode.Parse(output)!["kfuncs"]![0]!;
        Assert.NotEmpty((string?)kfunc["description"]!["does"] ?? "");
        var removed = kfunc["history"]!.AsArray().Single(c => (string?)c!["kind"] == "removed")!;
        Assert.Equal(("scx_bpf_dsq_insert", "6.12"), ((string?)removed["replacement"], (string?)removed["lastWithout"]));
    }

    [Fact]
    public async Task ListIsAlignedAndPlainWhereNoTerminalShowsColours()
    {
        var (_, output, _) = await Run("list", "--kernel", "6.12", "--program-type", "XDP");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("kfunc ", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
        var since = lines[0].IndexOf("since", StringComparison.Ordinal);
        Assert.All(lines, l => Assert.Equal(' ', l[since - 1]));
        Assert.Contains(lines, l => l.StartsWith("bpf_xdp_ct_lookup", StringComparison.Ordinal) && l.Contains("ACQUIRE RET_NULL") && l.EndsWith("XDP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ShowTellsAllOfAKfunc()
    {
        var (code, output, _) = await Run("show", "--kernel", "7.3", "scx_bpf_dsq_insert");
        Assert.Equal(0, code);
        Assert.Contains("void scx_bpf_dsq_insert(struct task_struct *p, u64 dsq_id, u64 slice, u64 enq_flags)", output, StringComparison.Ordinal);
        Assert.Contains("Deprecated:", output, StringComparison.Ordinal);
        Assert.Contains("sched_ext_ops.enqueue", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "bpf_no_such", "no kernel has a kfunc `bpf_no_such`")]
    [InlineData("show", "--kernel 6.1 bpf_task_acquire", "6.1 has no kfunc `bpf_task_acquire`; 6.12, 6.18, 7.2, 7.3 has")]
    [InlineData("list", "--kernel 5.4", "no model of kernel `5.4`")]
    [InlineData("list", "--flag KF_NONSENSE", "no flag `KF_NONSENSE`")]
    [InlineData("list", "--program-type NONSENSE", "no program type `NONSENSE`")]
    [InlineData("extract", "--tree no-such-directory", "no such directory")]
    [InlineData("btf", "no-such-file", "no-such-file")]
    public async Task AWrongQuestionIsRefusedWithTheReason(string verb, string arguments, string reason)
    {
        var (code, _, error) = await Run([verb, .. arguments.Split(' ')]);
        Assert.Equal(2, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("markdown")]
    [InlineData("json")]
    public async Task DiffTellsWhatChanged(string format)
    {
        var (code, output, _) = await Run("diff", "6.12", "7.3", "--format", format);
        Assert.Equal(0, code);
        Assert.Contains("scx_bpf_dispatch", output, StringComparison.Ordinal);
        Assert.Contains("scx_bpf_dsq_insert", output, StringComparison.Ordinal);
        Assert.Contains("bpf_session_cookie", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DiffIsAsItsSchemaSays()
    {
        var (_, output, _) = await Run("diff", "6.1", "7.3", "--format", "json");
        var schema = new JsonSchema(JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "registry-diff.schema.json"))).RootElement);
        Assert.Empty(schema.Validate(JsonDocument.Parse(output).RootElement).Take(5));
        Assert.NotEmpty(JsonNode.Parse(output)!["changes"]!.AsArray());
    }

    [Theory]
    [InlineData("list --registry")]
    [InlineData("show bpf_task_acquire --registry")]
    [InlineData("diff 6.12")]
    [InlineData("btf")]
    [InlineData("compare --btf")]
    [InlineData("compare --image")]
    [InlineData("extract --image")]
    [InlineData("extract --tree")]
    public async Task WhatIsNoFileOrNotWholeIsRefusedWithTheReason(string command)
    {
        using var scratch = new Scratch();
        var output = scratch.PathOf("out.json");
        string[] broken = [scratch.Write("empty", ""), scratch.Write("text", "no kernel"), scratch.Write("cut", "{\"release\": \"6.12"), scratch.Directory, scratch.PathOf("gone/x"), "/dev/zero"];
        foreach (var path in broken)
        {
            var (code, printed, error) = await Run([.. command.Split(' '), path, .. command.StartsWith("extract", StringComparison.Ordinal) ? ["--out", output] : Array.Empty<string>()]);
            Assert.Equal((2, ""), (code, printed));
            Assert.StartsWith($"kfunc-lsp: {path}: ", error, StringComparison.Ordinal);
            Assert.False(File.Exists(output));
        }
    }

    [Fact]
    public async Task BtfNamesTheKfuncsOfAModule()
    {
        using var scratch = new Scratch();
        var (module, kernel, other) = (scratch.PathOf("gadget.ko"), scratch.PathOf("vmlinux"), scratch.PathOf("other"));
        File.WriteAllBytes(module, SampleKernel.Module());
        File.WriteAllBytes(kernel, SampleKernel.Vmlinux());
        File.WriteAllBytes(other, SampleKernel.Vmlinux(btf => btf.Add(btf.Name("some_more"), 4, 0, 4)));
        var (code, output, _) = await Run("btf", module, "--btf", kernel);
        Assert.Equal((0, "void bpf_gadget_free(struct gadget *gadget)\nstruct gadget *bpf_gadget_new(int size)\n"), (code, output));
        var (wrong, nothing, error) = await Run("btf", module, "--btf", other);
        Assert.Equal((2, ""), (wrong, nothing));
        Assert.Contains("it was built for 6.12.7-tiny", error, StringComparison.Ordinal);
        Assert.Equal(2, (await Run("btf", kernel)).Code);
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(["registry", .. arguments], new CliConsole(output, error), TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
