using Xunit;

namespace KfuncLsp.Tests.Architecture;

/// <summary>Who may refer to whom. The table says the same as the one in docs/architecture.md, section 2.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> s_allowed = new()
    {
        ["Ir"] = ([], []),
        ["Registry"] = ([], ["System.IO.Hashing"]),
        ["Frontend"] = (["Ir"], ["System.IO.Hashing"]),
        ["Extraction"] = (["Registry"], []),
        ["Analysis"] = (["Ir", "Registry"], []),
        ["Workspace"] = (["Ir", "Registry", "Frontend", "Analysis"], []),
        ["Site"] = (["Registry"], []),
        ["Server"] = (["Workspace", "Extraction", "Registry", "Site"],
            // PolyType and StringTools are pinned parts of StreamJsonRpc.
            ["StreamJsonRpc", "Microsoft.Extensions.DependencyInjection", "System.CommandLine", "Microsoft.Extensions.Logging", "PolyType", "Microsoft.NET.StringTools"]),
    };

    public static TheoryData<string> Projects => [.. Solution.SourceProjects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_the_table_allows(string project)
    {
        var (projects, packages) = s_allowed[Solution.ShortName(project)];
        Assert.Empty(Solution.Items(project, "ProjectReference").Except(projects));
        Assert.Empty(Solution.Items(project, "PackageReference").Except(packages));
    }

    [Fact]
    public void Every_project_of_the_table_exists() =>
        Assert.Equal(s_allowed.Keys.Order(StringComparer.Ordinal), Solution.SourceProjects.Select(Solution.ShortName).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_says_the_same()
    {
        var page = File.ReadAllLines(Path.Combine(Solution.Root, "docs", "architecture.md"));
        foreach (var (name, (projects, _)) in s_allowed)
        {
            var row = Assert.Single(page, line => line.StartsWith($"| {name} |", StringComparison.Ordinal));
            var cell = row.Split('|')[2];
            foreach (var other in s_allowed.Keys)
                Assert.True(projects.Contains(other) == cell.Split(' ', ',', '(').Contains(other), $"{name}: {other} in \"{cell.Trim()}\"");
        }
    }

    [Fact]
    public void Nobody_refers_to_a_test_project() => Assert.All(Solution.SourceProjects, project =>
        Assert.DoesNotContain(Solution.Items(project, "ProjectReference"), name => name.Contains("Test")));
}
