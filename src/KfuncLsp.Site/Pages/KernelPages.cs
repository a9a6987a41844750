using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.History;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>A page a kernel: what changed since the model before it.</summary>
internal static class KernelPages
{
    public static IEnumerable<SiteFile> Of(SiteFacts facts, SiteWords words)
    {
        yield return Layout.Page(facts, "kernel/index.html", "Kernels", "Kernels", Html.Of($"""
            <h1>Kernels</h1>
            <p class="lead">The kernels whose facts are here, and what each changed.</p>
            <div class="list">
            {facts.Models.Reverse().Select(m => Html.Of($"<a class=\"row\" href=\"{m.Version.ToString()}.html\"><code>{m.Version.ToString()}</code><span class=\"does\">Linux {m.Release}</span><span class=\"quiet\">{Pieces.Count(m.Kfuncs.Values.Count(k => !k.IsTest), "kfunc")}</span></a>\n"))}</div>
            """));
        for (var i = 0; i < facts.Models.Length; i++) yield return Kernel(facts, words, facts.Models[i], i == 0 ? null : facts.Models[i - 1]);
    }

    private static SiteFile Kernel(SiteFacts facts, SiteWords words, KernelModel model, KernelModel? before)
    {
        var changes = before is null ? [] : KfuncComparison.Between(before, model).Where(c => c.Kind != KfuncChangeKind.Config).ToImmutableArray();
        return Layout.Page(facts, SitePaths.Kernel(model.Version), $"Linux {model.Version}", "Kernels", Html.Of($"""
            <h1>Linux {model.Version.ToString()}</h1>
            <p class="lead">{Pieces.Count(model.Kfuncs.Values.Count(k => !k.IsTest), "kfunc")}, read from {model.Release}.{(before is null ? " The oldest kernel here: nothing to compare it with." : $" What changed since {before.Release}:")}</p>
            {Section(changes, "Removed", c => c.Kind == KfuncChangeKind.Removed, words)}
            {Section(changes, "Advised against", c => c.Kind == KfuncChangeKind.Deprecated, words)}
            {Added(facts, changes)}
            {Section(changes, "Other flags", c => c.Kind == KfuncChangeKind.Flags, words)}
            {Section(changes, "Other prototype", c => c.Kind == KfuncChangeKind.Prototype, words)}
            {Section(changes, "Other callers", c => c.Kind is KfuncChangeKind.Hooks or KfuncChangeKind.Filters, words)}
            """));
    }

    private static Html Section(ImmutableArray<KfuncChange> changes, string title, Func<KfuncChange, bool> wanted, SiteWords words)
    {
        var found = changes.Where(wanted).ToList();
        return found.Count == 0 ? Html.Nothing : Html.Of($"<h2>{title} <span class=\"quiet\">{found.Count}</span></h2>\n<dl class=\"changes\">\n{found.Select(c => Html.Of($"<dt>{words.Code(c.Name)}</dt><dd>{ChangeWords.Of(c, words)}</dd>\n"))}</dl>\n");
    }

    private static Html Added(SiteFacts facts, ImmutableArray<KfuncChange> changes)
    {
        var added = changes.Where(c => c.Kind == KfuncChangeKind.Added).Select(c => facts.ByName[c.Name]).ToList();
        return added.Count == 0 ? Html.Nothing : Html.Of($"<h2>Added <span class=\"quiet\">{added.Count}</span></h2>\n{Pieces.KfuncTable(facts, added)}");
    }
}
