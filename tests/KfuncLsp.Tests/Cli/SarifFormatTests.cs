using System.Text.Json;
using KfuncLsp.Server.Cli.Output;
using Xunit;

namespace KfuncLsp.Tests.Cli;

/// <summary>What SARIF 2.1.0 asks of the parts that we write; the whole was held against its official schema.</summary>
public sealed class SarifFormatTests
{
    private static readonly JsonElement Log = Print();

    private static JsonElement Run => Log.GetProperty("runs")[0];

    [Fact]
    public void The_log_has_version_and_one_run()
    {
        Assert.Equal("2.1.0", Log.GetProperty("version").GetString());
        Assert.Equal(1, Log.GetProperty("runs").GetArrayLength());
        Assert.Equal("kfunc-lsp", Run.GetProperty("tool").GetProperty("driver").GetProperty("name").GetString());
        Assert.Equal("utf16CodeUnits", Run.GetProperty("columnKind").GetString());
    }

    [Fact]
    public void A_suppressed_result_says_so_and_why()
    {
        var sample = SampleResult.Make();
        var leak = sample.Files[0].Findings[0];
        var by = new KfuncLsp.Workspace.Checking.SuppressionComment(leak.Where, 7, [leak.Finding.Rule], [], "the timer does it");
        var text = new StringWriter();
        SarifFormat.Write(sample with { Files = [sample.Files[0] with { Findings = [], Suppressed = [new(leak, by)] }] }, text);
        var result = Assert.Single(JsonDocument.Parse(text.ToString()).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        var suppression = Assert.Single(result.GetProperty("suppressions").EnumerateArray());
        Assert.Equal(("KF0101", "inSource", "the timer does it"),
            (result.GetProperty("ruleId").GetString(), suppression.GetProperty("kind").GetString(), suppression.GetProperty("justification").GetString()));
    }

    [Fact]
    public void A_results_rule_is_the_one_its_index_names()
    {
        var rules = Run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString()).ToList();
        Assert.Equal(["KF0101", "KF0702"], rules);
        foreach (var result in Run.GetProperty("results").EnumerateArray())
            Assert.Equal(rules[result.GetProperty("ruleIndex").GetInt32()], result.GetProperty("ruleId").GetString());
        Assert.Equal(["error", "warning"], Run.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("level").GetString()));
    }

    [Fact]
    public void The_path_is_a_code_flow()
    {
        var steps = Run.GetProperty("results")[0].GetProperty("codeFlows")[0].GetProperty("threadFlows")[0].GetProperty("locations").EnumerateArray();
        Assert.Equal(
            ["acquired here", "`p` is not NULL here", "leaves here"],
            steps.Select(s => s.GetProperty("location").GetProperty("message").GetProperty("text").GetString()));
    }

    [Fact]
    public void Every_place_has_a_uri_and_counts_from_1()
    {
        var places = Descend(Log).Where(e => e.Name == "physicalLocation").Select(e => e.Value).ToList();
        Assert.Equal(7, places.Count);
        foreach (var place in places)
        {
            Assert.True(Uri.TryCreate(place.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.RelativeOrAbsolute, out _));
            var region = place.GetProperty("region");
            Assert.All(["startLine", "startColumn", "endLine", "endColumn"], name => Assert.True(region.GetProperty(name).GetInt32() >= 1));
        }

        Assert.Equal("leak.bpf.c", Result(0).GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("file:///usr/include/own.h", Result(1).GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("""{"startLine":8,"startColumn":2,"endLine":8,"endColumn":11}""", JsonSerializer.Serialize(Result(0).GetProperty("region")));

        static JsonElement Result(int index) => Run.GetProperty("results")[index].GetProperty("locations")[0].GetProperty("physicalLocation");
    }

    [Fact]
    public void What_was_not_looked_at_is_a_notification()
    {
        var invocation = Run.GetProperty("invocations")[0];
        Assert.True(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(
            ["not-analysed", "inconclusive"],
            invocation.GetProperty("toolExecutionNotifications").EnumerateArray().Select(n => n.GetProperty("descriptor").GetProperty("id").GetString()));
    }

    private static IEnumerable<JsonProperty> Descend(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Descend(p.Value).Prepend(p)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Descend),
        _ => [],
    };

    private static JsonElement Print()
    {
        var text = new StringWriter();
        SarifFormat.Write(SampleResult.Make(), text);
        if (Environment.GetEnvironmentVariable("SARIF_SAMPLE") is { Length: > 0 } file) File.WriteAllText(file, text.ToString());
        return JsonDocument.Parse(text.ToString()).RootElement;
    }
}
