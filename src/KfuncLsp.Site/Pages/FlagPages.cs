using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.Words;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>A page a flag: what it means for a caller, and which kfuncs have it.</summary>
internal static class FlagPages
{
    public static IEnumerable<SiteFile> Of(SiteFacts facts, SiteWords words)
    {
        yield return Layout.Page(facts, "flag/index.html", "Flags", "Flags", Html.Of($"""
            <h1>Flags</h1>
            <p class="lead">What the kernel marks a kfunc with, and so what the verifier holds its callers to.</p>
            <div class="list">
            {facts.Flags.Select(f => Html.Of($"<a class=\"row\" href=\"{f}.html\"><code>{f}</code><span class=\"does\">{Plain(FlagWords.Of(Flag(f)))}</span><span class=\"quiet\">{With(facts, f).Count}</span></a>\n"))}</div>
            """));
        foreach (var flag in facts.Flags)
        {
            var kfuncs = With(facts, flag);
            yield return Layout.Page(facts, SitePaths.Flag(flag), flag, "Flags", Html.Of($"""
                <h1><code>{flag}</code></h1>
                <div class="facts">{Pieces.Presence(facts, m => Has(m, Flag(flag)))}</div>
                <p class="lead">{Sentence(FlagWords.Of(Flag(flag)), words)}</p>
                {FlagWords.Paragraphs(Flag(flag)).Select(p => Html.Of($"<p>{words.Of(p)}</p>\n"))}
                <h2>{Pieces.Count(kfuncs.Count, "kfunc")}</h2>
                {Pieces.KfuncTable(facts, kfuncs)}
                """));
        }
    }

    public static Html Sentence(string text, SiteWords words) => words.Of(char.ToUpperInvariant(text[0]) + text[1..] + ".");

    private static KfuncFlags Flag(string name) => KernelNames.Flags([name]);

    private static bool Has(KernelModel model, KfuncFlags flag) => model.Kfuncs.Values.Any(k => !k.IsTest && k.Has(flag));

    private static List<SiteKfunc> With(SiteFacts facts, string flag) =>
        [.. facts.Kfuncs.Where(k => facts.Models.Any(m => m.Kfuncs.GetValueOrDefault(k.Name)?.Has(Flag(flag)) == true))];

    private static string Plain(string text) => text.Replace("`", "", StringComparison.Ordinal);
}
