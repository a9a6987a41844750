using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>A page a program type: the kfuncs that its programs may call, and on which kernels.</summary>
internal static class TypePages
{
    public static IEnumerable<SiteFile> Of(SiteFacts facts)
    {
        yield return Layout.Page(facts, "type/index.html", "Program types", "Program types", Html.Of($"""
            <h1>Program types</h1>
            <p class="lead">What a program is decides which kfuncs it may call. Numbers are of {facts.NewestModel.Version.ToString()}.</p>
            <div class="list">
            {facts.Types.Select(t => Html.Of($"<a class=\"row\" href=\"{KernelNames.Spell(t)}.html\"><code>{KernelNames.Spell(t)}</code><span class=\"does\">{Hook(facts.NewestModel, t)}</span><span class=\"quiet\">{facts.Kfuncs.Count(k => SiteFacts.Reach(facts.NewestModel, k.Name, t) != KfuncReach.None)}</span></a>\n"))}</div>
            """));
        foreach (var type in facts.Types)
        {
            var groups = facts.Kfuncs.Select(k => (Kfunc: k, Reach: facts.Models.Max(m => SiteFacts.Reach(m, k.Name, type)))).Where(k => k.Reach != KfuncReach.None).ToLookup(k => k.Reach, k => k.Kfunc);
            yield return Layout.Page(facts, SitePaths.Type(type), KernelNames.Spell(type), "Program types", Html.Of($"""
                <h1><code>{KernelNames.Spell(type)}</code></h1>
                <p class="lead">{Hook(facts.NewestModel, type)}</p>
                <h2>{Pieces.Count(groups[KfuncReach.Free].Count(), "kfunc")}</h2>
                {Table(facts, groups[KfuncReach.Free], type)}
                {(groups[KfuncReach.Filtered].Any() ? Html.Of($"<h2>{Pieces.Count(groups[KfuncReach.Filtered].Count(), "kfunc")} that a filter lets some programs call</h2>\n{Table(facts, groups[KfuncReach.Filtered], type)}") : Html.Nothing)}
                """));
        }
    }

    private static string Hook(KernelModel model, ProgramType type) =>
        model.HookOf(type) is { } hook ? $"Kfuncs of the {KernelNames.Spell(hook)} hook, and those that every program may call." : "Kfuncs that every program may call.";

    private static Html Table(SiteFacts facts, IEnumerable<SiteKfunc> kfuncs, ProgramType type) => Html.Of($"""
        <div class="list">
        {kfuncs.Select(k => Html.Of($"<a class=\"row\" href=\"{SitePaths.Up}{SitePaths.Kfunc(k.Name)}\"><code>{k.Name}</code><span class=\"does\">{k.Does.Replace("`", "", StringComparison.Ordinal)}</span>{Pieces.Presence(facts, m => SiteFacts.Reach(m, k.Name, type) != KfuncReach.None)}</a>\n"))}</div>
        """);
}
