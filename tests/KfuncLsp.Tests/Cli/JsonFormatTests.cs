using System.Text.Json;
using KfuncLsp.Analysis;
using KfuncLsp.Server.Cli.Output;
using Xunit;

namespace KfuncLsp.Tests.Cli;

public sealed class JsonFormatTests
{
    private static readonly JsonSchema Schema = new(JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "check.schema.json"))).RootElement);

    [Fact]
    public void What_is_printed_is_what_the_schema_says() => Assert.Empty(Schema.Validate(Print(SampleResult.Make())));

    [Fact]
    public void The_example_of_the_documentation_is_valid()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "json-output.md"));
        var example = page.Split("```json")[1].Split("```")[0];
        Assert.Empty(Schema.Validate(JsonDocument.Parse(example).RootElement));
    }

    [Theory]
    [InlineData("""{"files":[],"more":1}""", "$.more")]
    [InlineData("""{"files":[{"path":"a","programs":[],"findings":[]}]}""", "no issues")]
    [InlineData("""{"files":[{"path":"","programs":[],"findings":[],"issues":[]}]}""", "too short")]
    [InlineData("""{"files":[{"path":"a","programs":[{"name":"p","section":"x","programType":"Xdp","sleepable":false,"verdicts":{"6.12":"fine"}}],"findings":[],"issues":[]}]}""", "fine")]
    public void The_schema_refuses_what_is_not_of_its_shape(string json, string complaint) =>
        Assert.Contains(Schema.Validate(JsonDocument.Parse(json).RootElement), e => e.Contains(complaint));

    [Fact]
    public void Programs_have_a_verdict_for_each_kernel()
    {
        var program = Assert.Single(Print(SampleResult.Make()).GetProperty("files")[0].GetProperty("programs").EnumerateArray());
        Assert.Equal(
            """{"name":"leak","section":"tp_btf/task_newtask","programType":"TRACING","sleepable":false,"verdicts":{"6.12":"rejected","7.3":"inconclusive"}}""",
            Compact(program));
    }

    [Fact]
    public void Columns_are_utf16_and_lines_count_from_0()
    {
        var leak = Print(SampleResult.Make()).GetProperty("files")[0].GetProperty("findings")[0];
        Assert.Equal("""{"start":{"line":7,"character":1},"end":{"line":7,"character":10}}""", Compact(leak.GetProperty("range")));
        var acquired = leak.GetProperty("steps")[0];
        var column = SampleResult.MainText.Split('\n')[3].IndexOf("bpf_task", StringComparison.Ordinal);
        Assert.Equal("acquired here", acquired.GetProperty("message").GetString());
        Assert.Equal($$$"""{"start":{"line":3,"character":{{{column}}}},"end":{"line":3,"character":{{{column + 21}}}}}""", Compact(acquired.GetProperty("range")));
        Assert.Equal("leak", leak.GetProperty("program").GetString());
        Assert.Equal("leak", leak.GetProperty("function").GetString());
        Assert.Equal("""["6.12","7.3"]""", Compact(leak.GetProperty("kernels")));
    }

    [Fact]
    public void A_finding_in_a_header_has_the_headers_path()
    {
        var finding = Print(SampleResult.Make()).GetProperty("files")[0].GetProperty("findings")[1];
        Assert.Equal("/usr/include/own.h", finding.GetProperty("path").GetString());
        Assert.Equal("""["6.12"]""", Compact(finding.GetProperty("kernels")));
        Assert.Equal("own", finding.GetProperty("function").GetString());
    }

    [Fact]
    public void An_open_verdict_has_an_issue_that_says_why()
    {
        var issues = Print(SampleResult.Make()).GetProperty("files")[0].GetProperty("issues").EnumerateArray().ToList();
        Assert.Equal(["not-analysed", "inconclusive"], issues.Select(i => i.GetProperty("kind").GetString()));
        Assert.Equal("leak", issues[1].GetProperty("program").GetString());
        Assert.Equal("""["7.3"]""", Compact(issues[1].GetProperty("kernels")));
        Assert.Equal("the step budget is spent", issues[1].GetProperty("reason").GetString());
    }

    [Fact]
    public void With_several_compile_commands_the_worst_verdict_counts()
    {
        var check = SampleResult.Check();
        var accepted = check with
        {
            Findings = [],
            Reports = [.. check.Reports.Select(r => r with { Programs = [.. r.Programs.Select(p => p with { Verdict = Verdict.Accepted, Findings = [], Issues = [] })] })],
        };
        var result = SampleResult.Make();
        foreach (var order in new[] { new[] { check, accepted }, [accepted, check] })
        {
            var file = ResultBuilder.Build("leak.bpf.c", order, result.NameOf);
            Assert.Equal([Verdict.Rejected, Verdict.Inconclusive], Assert.Single(file.Programs).Verdicts.Select(v => v.Value));
            Assert.Equal(2, file.Findings.Length);
            Assert.Equal(2, file.Issues.Length);
        }
    }

    private static JsonElement Print(CheckResult result)
    {
        var text = new StringWriter();
        JsonFormat.Write(result, text);
        return JsonDocument.Parse(text.ToString()).RootElement;
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
