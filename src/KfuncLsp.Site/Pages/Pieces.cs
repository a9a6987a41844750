using KfuncLsp.Registry;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>Small things that several pages show.</summary>
internal static class Pieces
{
    /// <summary>In which kernels something is: one mark a model, lit where it is.</summary>
    public static Html Presence(SiteFacts facts, Func<KernelModel, bool> has) =>
        Html.Of($"<span class=\"presence\">{facts.Models.Select(m => Html.Of($"<span class=\"{(has(m) ? "yes" : "no")}\">{m.Version.ToString()}</span>"))}</span>");

    public static Html Presence(SiteFacts facts, SiteKfunc kfunc) => Presence(facts, m => m.Kfuncs.ContainsKey(kfunc.Name));

    /// <summary>Rows of kfuncs: name, first words, kernels. <paramref name="up"/> leads from the page to the root.</summary>
    public static Html KfuncTable(SiteFacts facts, IEnumerable<SiteKfunc> kfuncs, string up = SitePaths.Up) => Html.Of($"""
        <div class="list">
        {kfuncs.Select(k => Html.Of($"<a class=\"row\" href=\"{up}{SitePaths.Kfunc(k.Name)}\"><code>{k.Name}</code><span class=\"does\">{k.Does.Replace("`", "", StringComparison.Ordinal)}</span>{Presence(facts, k)}</a>\n"))}</div>
        """);

    public static Html Badge(SiteKfunc kfunc) =>
        kfunc.IsGone ? Html.Of($" <span class=\"badge gone\">gone in {kfunc.Newest.Until.ToString()}</span>")
        : kfunc.IsDeprecated ? new(" <span class=\"badge old\">deprecated</span>")
        : Html.Nothing;

    public static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
