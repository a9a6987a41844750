using System.Text.RegularExpressions;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Analysis;

/// <summary>Programs whose expected findings stand beside the code that they are about.</summary>
/// <remarks>
/// <c>// error[KF0101]: text</c> on the line of a finding whose message holds the text; <c>//   ^^^^</c> below it marks its columns;
/// <c>// acquired[KF0101]</c> marks where a reference that leaks was acquired. <c>//- kernel: 6.12, 7.3</c> names the kernels.
/// A function whose name ends in <c>_ok</c> has no finding, one in <c>_bad</c> has at least one.
/// </remarks>
public sealed partial class RuleFixtureTests
{
    private static readonly string s_folder = Repository.PathOf("tests", "fixtures", "rules");

    public static TheoryData<string> Fixtures => [.. Directory.GetFiles(s_folder, "*.bpf.c").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Fixtures))]
    public void Check(string fixture)
    {
        var source = new RuleSource(File.ReadAllText(Path.Combine(s_folder, fixture)));
        var unit = source.Lower();
        foreach (var kernel in source.Kernels) CheckKernel(source, unit, kernel);
    }

    private static void CheckKernel(RuleSource source, UnitIr unit, string kernel)
    {
        var report = source.Analyze(unit, kernel);
        var findings = report.Programs.SelectMany(p => p.Findings).DistinctBy(f => (f.Rule.Code, f.Where)).ToList();
        var problems = new List<string>();
        CheckAcquired(source, unit, findings, problems);
        var lines = source.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (Match marker in ErrorMarker().Matches(lines[i]))
            {
                if (marker.Groups["kernel"].Success && marker.Groups["kernel"].Value != kernel) continue;
                var found = findings.FirstOrDefault(f => f.Rule.Code == marker.Groups["rule"].Value && source.Place(unit, f.Where)?.Line == i && f.Message.Contains(marker.Groups["text"].Value.Trim(), StringComparison.Ordinal));
                if (found is null) problems.Add($"{kernel}:{i + 1}: no {marker.Value.Trim()}");
                else
                {
                    CheckCarets(source, unit, found, i, lines, problems);
                    findings.Remove(found);
                }
            }
        }

        problems.AddRange(findings.Select(f => $"{kernel}:{source.Place(unit, f.Where)?.Line + 1}: unexpected {f.Rule}: {f.Message}"));
        foreach (var program in report.Programs)
        {
            if (program.Name.EndsWith("_ok", StringComparison.Ordinal) && program.Verdict != Verdict.Accepted)
                problems.Add($"{kernel}: {program.Name} is {program.Verdict}: {string.Join("; ", program.Issues.Select(x => x.Reason))}");
            if (program.Name.EndsWith("_bad", StringComparison.Ordinal) && program.Verdict != Verdict.Rejected)
                problems.Add($"{kernel}: {program.Name} is {program.Verdict}");
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    private static void CheckCarets(RuleSource source, UnitIr unit, Finding finding, int line, string[] lines, List<string> problems)
    {
        if (line + 1 >= lines.Length || CaretLine().Match(lines[line + 1]) is not { Success: true } carets) return;
        var mark = carets.Groups["carets"];
        var place = source.Place(unit, finding.Where)!.Value;
        if (place.Start != mark.Index || place.End != mark.Index + mark.Length)
            problems.Add($"{line + 1}: {finding.Rule} covers columns {place.Start}-{place.End}, not {mark.Index}-{mark.Index + mark.Length}");
    }

    /// <summary>Every line marked as acquiring is named on the path of a finding.</summary>
    private static void CheckAcquired(RuleSource source, UnitIr unit, List<Finding> findings, List<string> problems)
    {
        var lines = source.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (AcquiredMarker().Match(lines[i]) is not { Success: true } marker) continue;
            if (!findings.Any(f => f.Rule.Code == marker.Groups["rule"].Value && f.Trace.Any(s => source.Place(unit, s.Where)?.Line == i)))
                problems.Add($"{i + 1}: no path of {marker.Groups["rule"].Value} begins here");
        }
    }

    [GeneratedRegex(@"(?:error|warning)\[(?<rule>KF\d{4})(?:@(?<kernel>[\d.]+))?\](?::\s*(?<text>[^/]*))?")]
    private static partial Regex ErrorMarker();

    [GeneratedRegex(@"acquired\[(?<rule>KF\d{4})\]")]
    private static partial Regex AcquiredMarker();

    [GeneratedRegex(@"^//\s*(?<carets>\^+)\s*$")]
    private static partial Regex CaretLine();
}
