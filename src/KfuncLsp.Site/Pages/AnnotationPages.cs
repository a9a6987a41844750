using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>A page a parameter suffix that the verifier reads: what it asks of the argument, and where it is used.</summary>
internal static class AnnotationPages
{
    public static IEnumerable<SiteFile> Of(SiteFacts facts, SiteWords words)
    {
        yield return Layout.Page(facts, "annotation/index.html", "Annotations", "Annotations", Html.Of($"""
            <h1>Annotations</h1>
            <p class="lead">The end of a parameter's name tells the verifier how to check its argument. Programs do not write it: their declaration may name parameters as it likes.</p>
            <div class="list">
            {facts.Annotations.Select(a => Html.Of($"<a class=\"row\" href=\"{SitePaths.Up}{SitePaths.Annotation(a)}\"><code>{a}</code><span class=\"does\">{AnnotationWords.Of(a).Replace("`", "", StringComparison.Ordinal)}</span><span class=\"quiet\">{With(facts, a).Count}</span></a>\n"))}</div>
            """));
        foreach (var annotation in facts.Annotations)
        {
            var kfuncs = With(facts, annotation);
            yield return Layout.Page(facts, SitePaths.Annotation(annotation), annotation, "Annotations", Html.Of($"""
                <h1><code>{annotation}</code></h1>
                <div class="facts">{Pieces.Presence(facts, m => m.Kfuncs.Values.Any(k => !k.IsTest && Has(k, annotation)))}</div>
                <p class="lead">{FlagPages.Sentence(AnnotationWords.Of(annotation), words)}</p>
                <h2>{Pieces.Count(kfuncs.Count, "kfunc")}</h2>
                {Pieces.KfuncTable(facts, kfuncs)}
                """));
        }
    }

    private static bool Has(KfuncSignature kfunc, string annotation) => kfunc.Parameters.Any(p => p.Suffixes.Contains(annotation));

    private static List<SiteKfunc> With(SiteFacts facts, string annotation) =>
        [.. facts.Kfuncs.Where(k => facts.Models.Any(m => m.Kfuncs.GetValueOrDefault(k.Name) is { } known && Has(known, annotation)))];
}
