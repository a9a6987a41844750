using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Architecture;

/// <summary>Every threat of docs/security.md names tests, and there are such tests.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Every_line_names_tests_that_exist()
    {
        var tests = typeof(SecurityPageTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(m => m.GetCustomAttributes<FactAttribute>().Any()).Select(m => $"{t.Name}.{m.Name}"))
            .ToHashSet();
        var lines = File.ReadLines(Repository.PathOf("docs", "security.md")).Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.EndsWith("| Test |", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count > 10);
        Assert.All(lines, line =>
        {
            var named = TestName().Matches(line.Split('|')[3]).Select(m => m.Groups[1].Value).ToList();
            Assert.NotEmpty(named);
            Assert.Empty(named.Except(tests));
        });
    }

    [GeneratedRegex(@"`(\w+\.\w+)`")]
    private static partial Regex TestName();
}

public sealed class DependencyAuditTests
{
    /// <summary>Every restore asks the feed for known holes, and warnings are errors.</summary>
    [Fact]
    public void RestoringAudits()
    {
        var properties = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants().ToLookup(e => e.Name.LocalName, e => e.Value);
        Assert.Equal("true", Assert.Single(properties["NuGetAudit"]));
        Assert.Equal("true", Assert.Single(properties["TreatWarningsAsErrors"]));
    }
}
