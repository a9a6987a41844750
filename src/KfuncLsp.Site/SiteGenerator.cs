using System.Text;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Site.Pages;

namespace KfuncLsp.Site;

/// <summary>Kernel models → a static site: a page a kfunc, flag, annotation, program type and kernel, a matrix, and a search that needs no server.</summary>
/// <remarks>Shape: the same models give the same files. Nothing in them is fetched from elsewhere.</remarks>
public static class SiteGenerator
{
    /// <summary>All files of the site. The models are oldest first.</summary>
    public static IEnumerable<SiteFile> Generate(IReadOnlyList<KernelModel> models)
    {
        var facts = new SiteFacts(models);
        var words = new SiteWords(facts);
        yield return new("style.css", Asset("style.css") + MatrixPage.Style(facts));
        yield return new("site.js", Asset("site.js"));
        yield return new("names.js", SearchIndex.Of(facts));
        yield return IndexPage.Of(facts);
        yield return MatrixPage.Of(facts);
        foreach (var kfunc in facts.Kfuncs) yield return KfuncDocument.Of(kfunc, facts, words);
        foreach (var page in FlagPages.Of(facts, words)) yield return page;
        foreach (var page in AnnotationPages.Of(facts, words)) yield return page;
        foreach (var page in TypePages.Of(facts)) yield return page;
        foreach (var page in KernelPages.Of(facts, words)) yield return page;
    }

    private static string Asset(string name)
    {
        using var stream = typeof(SiteGenerator).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
