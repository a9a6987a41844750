using KfuncLsp.Registry.Facts;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>The first page: every kfunc, to be narrowed down by word, flag, program type and kernel.</summary>
internal static class IndexPage
{
    public static SiteFile Of(SiteFacts facts)
    {
        var newest = facts.NewestModel;
        return Layout.Page(facts, "index.html", "Kernel functions for BPF", "Kfuncs", Html.Of($"""
            <h1>Kernel functions for BPF</h1>
            <p class="lead">Every kfunc of Linux {facts.Models[0].Version.ToString()} to {newest.Version.ToString()}: what it does, what it asks of its arguments, who may call it, and since when.</p>
            <form id="filter" class="filter">
            <input name="q" type="search" placeholder="Filter by name or words" aria-label="Filter by name or words" autocomplete="off" spellcheck="false">
            {Choice("type", "any program type", facts.Types.Select(KernelNames.Spell))}
            {Choice("flag", "any flag", facts.Flags)}
            {Choice("kernel", "any kernel", facts.Models.Select(m => m.Version.ToString()))}
            <output id="count">{Pieces.Count(facts.Kfuncs.Length, "kfunc")}</output>
            </form>
            <div id="kfuncs" class="list">
            {facts.Kfuncs.Select(k => Row(facts, k))}</div>
            <p id="none" hidden>No kfunc is like that.</p>
            """));
    }

    private static Html Choice(string name, string any, IEnumerable<string> values) =>
        Html.Of($"<select name=\"{name}\" aria-label=\"{name}\"><option value=\"\">{any}</option>{values.Select(v => Html.Of($"<option>{v}</option>"))}</select>");

    private static Html Row(SiteFacts facts, SiteKfunc kfunc)
    {
        var types = facts.Types.Where(t => SiteFacts.Reach(kfunc.Model, kfunc.Name, t) != Registry.KfuncReach.None).Select(KernelNames.Spell);
        return Html.Of($"<a class=\"row\" href=\"{SitePaths.Kfunc(kfunc.Name)}\" data-t=\"{string.Join(' ', types)}\" data-f=\"{string.Join(' ', kfunc.Flags)}\" data-k=\"{string.Join(' ', kfunc.Timeline.In)}\"><code>{kfunc.Name}</code><span class=\"does\">{kfunc.Does.Replace("`", "", StringComparison.Ordinal)}{Pieces.Badge(kfunc)}</span>{Pieces.Presence(facts, kfunc)}</a>\n");
    }
}
