using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using KfuncLsp.Extraction;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Scoreboard;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Corpus;

/// <summary>6.18 has no tree here: each behaviour in which 6.12 and 7.3 differ is what a real 6.18 said of a program on its edge.</summary>
public sealed partial class KernelEdgesTests
{
    private const string Begin = "<!-- edges -->\n", End = "<!-- end of edges -->";
    private static readonly KernelVersion Older = KernelVersion.Parse("6.12")!.Value, Between = KernelVersion.Parse("6.18")!.Value, Newer = KernelVersion.Parse("7.3")!.Value;
    private static readonly FactSources Sources = FactsFolder.Load(Repository.PathOf("src", "KfuncLsp.Registry", "Facts")).Sources!;
    private static readonly ImmutableArray<Label> Labels = Label.ReadAll(Repository.PathOf("tests", "corpus", "labels.json"));

    public static TheoryData<string, bool, string> Edges() => [.. All().Select(e => new TheoryDataRow<string, bool, string>(e.Behaviour, e.IsNew, e.Program))];

    [Theory]
    [MemberData(nameof(Edges))]
    public void TheProgramOnAnEdgeWasJudgedAsTheRowSays(string behaviour, bool isNew, string program)
    {
        Assert.True(program.Length > 0, $"{behaviour} has no program");
        Assert.Contains(Labels.Where(l => l.File == program).GroupBy(l => l.Program), p => Decides([.. p], isNew));
    }

    [Fact]
    public void ThePageListsThemAll()
    {
        var path = Repository.PathOf("docs", "registry.md");
        var page = File.ReadAllText(path);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        var expected = Table();
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECT") == "1") File.WriteAllText(path, page[..begin] + expected + page[end..]);
        else Assert.Equal(expected, page[begin..end]);
    }

    /// <summary>Rows whose range begins or ends between the two, and rows of tables that an image does not show. What prototypes hide, the image shows.</summary>
    private static IEnumerable<(string Behaviour, bool IsNew, string Program)> All() =>
        Sources.Behaviour.Traits.Select(r => (Name: r.Trait, r.Since, r.Until, r.Program))
            .Concat(Sources.Behaviour.Names.Where(r => r.List != "hiddenTypes").Select(r => (Name: r.List, r.Since, r.Until, r.Program)))
            .Select(r => (r.Name, Range: VersionRange.Of(r.Since, r.Until), r.Since, r.Until, r.Program))
            .Where(r => r.Range.Contains(Older) != r.Range.Contains(Newer))
            .Select(r => ($"`{r.Name}`{(r.Since is null ? "" : $" since {r.Since}")}{(r.Until is null ? "" : $" until {r.Until}")}", r.Range.Contains(Between) == r.Range.Contains(Newer), r.Program ?? ""))
            .Concat(Sources.Decisions.Where(d => KernelVersion.Parse(d.Series) == Between)
                .Select(d => ($"{d.Table}: {string.Join(", ", d.Rows.Select(n => $"`{n}`"))}", KernelVersion.Parse(d.Like) > Between, d.Program)));

    private static bool Decides(ImmutableArray<Label> labels, bool isNew)
    {
        var (older, between, newer) = (Said(Older), Said(Between), Said(Newer));
        return older is not null && between is not null && newer is not null && between == (isNew ? newer : older) && between != (isNew ? older : newer);

        string? Said(KernelVersion kernel) => labels.FirstOrDefault(l => l.Kernel == kernel.ToString()) is not { } label ? null
            : label.Verdict == "ok" ? "ok" : Number().Replace(label.Message, "N");
    }

    private static string Table()
    {
        var text = new StringBuilder("| behaviour | 6.18 is like | program |\n|---|---|---|\n");
        foreach (var (behaviour, isNew, program) in All()) text.Append($"| {behaviour} | {(isNew ? Newer : Older)} | `{program}` |\n");
        return text.ToString();
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
