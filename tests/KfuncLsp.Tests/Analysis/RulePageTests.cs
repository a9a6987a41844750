using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis;
using KfuncLsp.Registry;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Explaining;
using KfuncLsp.Workspace.Features;
using KfuncLsp.Workspace.Text;
using Xunit;

namespace KfuncLsp.Tests.Analysis;

/// <summary>Every rule has a page, and its examples are what it says.</summary>
public sealed class RulePageTests
{
    private static readonly string s_pages = Repository.PathOf("docs", "rules");

    public static TheoryData<string> Rules => [.. RuleCatalog.All.Select(r => r.Id.Code)];

    [Fact]
    public void EveryPageIsOfARule() =>
        Assert.Equal(
            NamedRules.All.Select(r => $"{r.Id.Code}-{r.Id.Slug}.md").Order(StringComparer.Ordinal),
            Directory.GetFiles(s_pages, "KF*.md").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Rules))]
    public void BrokenExampleBreaksTheRuleAndFixedOneBreaksNone(string code)
    {
        var rule = RuleCatalog.Find(code)!;
        var page = File.ReadAllText(Path.Combine(s_pages, $"{rule.Id.Code}-{rule.Id.Slug}.md"));
        var (broken, kernels) = Example(page, "## Broken");
        var (repaired, _) = Example(page, "## Fixed");
        var (brokenUnit, repairedUnit) = (broken.Lower(), repaired.Lower());
        foreach (var kernel in kernels)
        {
            var programs = broken.Analyze(brokenUnit, kernel).Programs;
            Assert.Contains(programs.SelectMany(p => p.Findings), f => f.Rule.Code == code && f.Severity == rule.Severity);
            Assert.Equal(rule.Severity == Severity.Error ? Verdict.Rejected : Verdict.Inconclusive, programs[0].Verdict);

            var clean = repaired.Analyze(repairedUnit, kernel).Programs;
            Assert.Empty(clean.SelectMany(p => p.Findings).Select(f => $"{kernel} {f.Rule} {f.Message}"));
            Assert.Empty(clean.SelectMany(p => p.Issues).Select(i => i.Reason));
            Assert.All(clean, p => Assert.Equal(Verdict.Accepted, p.Verdict));
        }
    }

    [Theory, MemberData(nameof(Rules))]
    public void FirstLineOfAMessageIsShortAndTheKernelsOwnWordsAreThere(string code)
    {
        var rule = RuleCatalog.Find(code)!;
        var page = File.ReadAllText(Path.Combine(s_pages, $"{rule.Id.Code}-{rule.Id.Slug}.md"));
        var (broken, kernels) = Example(page, "## Broken");
        var unit = broken.Lower();
        foreach (var kernel in kernels)
            foreach (var finding in broken.Analyze(unit, kernel).Programs.SelectMany(p => p.Findings).Where(f => f.Rule.Code == code))
            {
                Assert.InRange(finding.Message.Length, 10, 100);
                Assert.Equal(rule.Severity == Severity.Error, finding.KernelMessage.Length > 0);
            }
    }

    public static TheoryData<string> Notes => [.. NamedRules.All.Select(r => r.Id.Code).Where(c => c.StartsWith("KF09", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Notes))]
    public void ANotesBrokenExampleHasItAndTheFixedOneHasNone(string code)
    {
        var page = RulePage.Of(NamedRules.Find(code)!)!;
        Assert.Contains(code, Shown(Example(page, "## Broken").Source));
        Assert.Empty(Shown(Example(page, "## Fixed").Source));
    }

    [Fact]
    public void EveryPageHasItsSectionsAndIsInTheExecutable()
    {
        foreach (var rule in NamedRules.All)
            foreach (var heading in new[] { "What", "Why the kernel rejects it", "What the kernel says", "Broken", "Fixed" })
                Assert.True(RulePage.Section(rule.Id, heading).Length > 10, $"{rule.Id.Code}: {heading}");
    }

    /// <summary>What an editor shows of a source, by code.</summary>
    private static List<string> Shown(RuleSource source)
    {
        var unit = source.Lower();
        var model = KernelModels.For(new(6, 12))!;
        var report = source.Analyze(unit, "6.12");
        var command = new KfuncLsp.Frontend.Parsing.CompileCommand(unit.MainFile, "/", []) { Origin = "a test" };
        var document = new TextDocument(unit.MainFile, 1, new LineIndex(source.Bytes));
        var file = Judgement.Of(new(unit.MainFile, command, unit, [report]), ProjectConfiguration.Empty, name => name == unit.MainFile ? document.Lines : null);
        var setup = new ProjectSetup(command, new([new(model.Version, [model])], "a test"), AnalysisOptions.Default);
        return [.. DiagnosticsFeature.Of(new(document, setup, file with { Issues = unit.Issues })).Select(d => d.Rule.Code)];
    }

    /// <summary>The first C block after a heading, and the kernels that the heading names.</summary>
    private static (RuleSource Source, string[] Kernels) Example(string page, string heading)
    {
        var at = page.IndexOf(heading, StringComparison.Ordinal);
        var line = page[at..page.IndexOf('\n', at)];
        var start = page.IndexOf("```c\n", at, StringComparison.Ordinal) + 5;
        var code = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        var defines = string.Concat(code.Split('\n').Where(l => l.StartsWith("#define NO_", StringComparison.Ordinal)).Select(l => l + "\n"));
        var source = new RuleSource($"{defines}#include \"kernel.h\"\n{code}");
        var open = line.IndexOf('(');
        return (source, open > 0 ? line[(open + 1)..line.IndexOf(')')].Split(',', StringSplitOptions.TrimEntries) : source.Kernels);
    }
}
