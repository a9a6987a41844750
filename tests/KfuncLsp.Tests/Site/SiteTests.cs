using System.Text.RegularExpressions;
using KfuncLsp.Registry;
using KfuncLsp.Site;
using KfuncLsp.Site.Markup;
using Xunit;

namespace KfuncLsp.Tests.Site;

/// <summary>The site as a whole: every link leads somewhere, nothing comes from outside, and nothing that is text becomes markup.</summary>
public sealed partial class SiteTests
{
    private static readonly SiteFile[] Files = [.. SiteGenerator.Generate(KernelModels.All)];
    private static readonly SiteFile[] Pages = [.. Files.Where(f => f.Path.EndsWith(".html", StringComparison.Ordinal))];

    [Fact]
    public void EveryKfuncHasAPageAndARow()
    {
        var names = KernelModels.All.SelectMany(m => m.Kfuncs.Values).Where(k => !k.IsTest).Select(k => k.Name).Distinct().ToList();
        Assert.Equal(names.Select(n => $"kfunc/{n}.html").Order(StringComparer.Ordinal), Pages.Select(p => p.Path).Where(p => p.StartsWith("kfunc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var index = Page("index.html");
        Assert.All(names, n => Assert.Contains($"href=\"kfunc/{n}.html\"", index, StringComparison.Ordinal));
        Assert.All(names, n => Assert.Contains($"[\"{n}\",", Page("names.js"), StringComparison.Ordinal));
    }

    [Fact]
    public void EveryLinkLeadsToAFile()
    {
        var paths = Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(from page in Pages
                     from Match link in Links().Matches(page.Text)
                     let target = Resolve(page.Path, link.Groups[1].Value)
                     where !link.Groups[1].Value.StartsWith('#') && !paths.Contains(target)
                     select $"{page.Path}: {link.Groups[1].Value}");
    }

    [Fact]
    public void NothingComesFromOutside() => Assert.Empty(
        Files.Where(f => Outside().IsMatch(f.Text)).Select(f => $"{f.Path}: {Outside().Match(f.Text).Value}"));

    [Fact]
    public void PathsAreUnique() => Assert.Equal(Files.Select(f => f.Path).Distinct(), Files.Select(f => f.Path));

    /// <summary>Tags are closed in order, attributes are quoted, and every ampersand begins an entity.</summary>
    [Fact]
    public void PagesAreWellFormed()
    {
        string[] empty = ["meta", "link", "input", "br"];
        foreach (var page in Pages)
        {
            var open = new Stack<string>();
            foreach (Match tag in Tags().Matches(page.Text))
            {
                var name = tag.Groups["name"].Value;
                if (empty.Contains(name)) continue;
                if (tag.Groups["end"].Success) Assert.True(open.TryPop(out var last) && last == name, $"{page.Path}: </{name}> at {tag.Index}");
                else open.Push(name);
            }

            Assert.True(open.Count == 0, $"{page.Path}: {string.Join(' ', open)} not closed");
            var rest = Tags().Replace(page.Text, "");
            Assert.False(rest.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Contains('<'), page.Path);
            Assert.DoesNotMatch(@"&(?!(amp|lt|gt|quot|#39);)", page.Text);
        }
    }

    [Fact]
    public void TheSameModelsGiveTheSameSite() => Assert.Equal(Files, SiteGenerator.Generate(KernelModels.All));

    [Fact]
    public void WhatIsNoMarkupIsEscaped()
    {
        const string evil = "<script>alert('x')</script> & \"y\"";
        Assert.Equal("<p title=\"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;\">&amp;<b>kept</b></p>", Html.Of($"<p title=\"{evil}\">{"&"}{new Html("<b>kept</b>")}</p>").Markup);
    }

    [Fact]
    public void NamesThatAKernelMadeUpCannotBreakAPage()
    {
        var model = KernelModels.All[^1];
        var kfunc = model.Kfuncs["bpf_task_acquire"] with { Source = "a<b>&\".c:1@7.3", Config = ["<i>"], Deprecated = new("</p><b>", "`<u>`", "x") };
        var page = SiteGenerator.Generate([model with { Kfuncs = model.Kfuncs.SetItem(kfunc.Name, kfunc) }]).Single(f => f.Path == "kfunc/bpf_task_acquire.html").Text;
        foreach (var tag in new[] { "<b>", "<i>", "<u>" }) Assert.DoesNotContain(tag, page, StringComparison.Ordinal);
        Assert.Contains("a&lt;b&gt;&amp;&quot;.c:1@7.3", page, StringComparison.Ordinal);
    }

    [Fact]
    public void APageTellsWhatMatters()
    {
        var page = Page("kfunc/bpf_task_from_pid.html");
        foreach (var part in new[] { "struct task_struct *bpf_task_from_pid(s32 pid);", "href=\"../flag/KF_ACQUIRE.html\"", "href=\"../kfunc/bpf_task_release.html\"", "href=\"../type/TRACING.html\"", "since 6.2" })
            Assert.Contains(part, page, StringComparison.Ordinal);
        var gone = Page("kfunc/scx_bpf_dispatch.html");
        Assert.Contains("gone in", gone, StringComparison.Ordinal);
        Assert.Contains("href=\"../kfunc/scx_bpf_dsq_insert.html\"", gone, StringComparison.Ordinal);
    }

    [Fact]
    public void TheMatrixTellsEachKernelApart()
    {
        var row = Page("matrix.html").Split('\n').Single(l => l.Contains(">bpf_xdp_ct_lookup</a>", StringComparison.Ordinal));
        var models = KernelModels.All;
        Assert.Contains($"class=\"m{new string('2', models.Length)}\" title=\"{string.Join(", ", models.Select(m => m.Version))}\"", row, StringComparison.Ordinal);
        Assert.Contains($".m{new string('2', models.Length)} i{{", Page("style.css"), StringComparison.Ordinal);
    }

    private static string Page(string path) => Files.Single(f => f.Path == path).Text;

    private static string Resolve(string from, string link)
    {
        var parts = new List<string>(from.Split('/')[..^1]);
        foreach (var part in link.Split('#')[0].Split('/'))
        {
            if (part == "..") parts.RemoveAt(parts.Count - 1);
            else parts.Add(part);
        }

        return string.Join('/', parts);
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex(@"(?:https?:)?//[a-z]|url\(|@import|\bfetch\(|XMLHttpRequest|<iframe|<img", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();

    [GeneratedRegex("<(?<end>/)?(?<name>[a-z][a-z0-9]*)(?: [a-z-]+(?:=\"[^\"<>]*\")?)*>")]
    private static partial Regex Tags();
}
