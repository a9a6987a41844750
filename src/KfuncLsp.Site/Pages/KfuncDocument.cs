using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.History;
using KfuncLsp.Registry.Words;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>The page of one kfunc.</summary>
internal static class KfuncDocument
{
    public static SiteFile Of(SiteKfunc kfunc, SiteFacts facts, SiteWords words)
    {
        var page = kfunc.Page;
        return Layout.Page(facts, SitePaths.Kfunc(kfunc.Name), kfunc.Name, "Kfuncs", Html.Of($"""
            <article>
            <h1><code>{kfunc.Name}</code>{Pieces.Badge(kfunc)}</h1>
            <div class="facts">{Pieces.Presence(facts, kfunc)}{Since(kfunc)}{kfunc.Flags.Select(SiteWords.Flag)}</div>
            {Deprecation(page, words)}
            <p class="lead">{words.Of(kfunc.Does)}</p>
            <div class="code"><button type="button" class="copy" data-copy="{KfuncWords.Declaration(kfunc.Newest)}">Copy declaration</button><pre><code>{Signature(kfunc.Newest)}</code></pre></div>
            {Arguments(page, words)}
            {Result(page, words)}
            {Beware(page, words)}
            {Callers(kfunc, facts, words)}
            {History(kfunc, words)}
            {Details(kfunc, facts, words)}
            {Related(kfunc, facts, words)}
            </article>
            """));
    }

    private static Html Since(SiteKfunc kfunc) => kfunc.Newest.Since is { } since ? Html.Of($"<span>since {since.ToString()}</span>") : Html.Nothing;

    private static Html Deprecation(KfuncPage page, SiteWords words) => page.Deprecation is { } told ? Html.Of($"<p class=\"note old\">{words.Of(told)}</p>") : Html.Nothing;

    /// <summary>The prototype, one parameter a line where it is long.</summary>
    private static string Signature(KfuncSignature kfunc)
    {
        var text = KfuncWords.Prototype(kfunc) + ";";
        if (text.Length <= 80 || kfunc.Parameters.Length < 2) return text;
        return $"{text[..(text.IndexOf('(', StringComparison.Ordinal) + 1)]}\n    {string.Join(",\n    ", kfunc.Parameters.Select(KfuncWords.Parameter))});";
    }

    private static Html Arguments(KfuncPage page, SiteWords words) => page.Arguments.IsEmpty ? Html.Nothing : Html.Of($"""
        <h2>Arguments</h2>
        <dl class="arguments">
        {page.Arguments.Select(a => Html.Of($"<dt><code>{a.Name}</code></dt><dd>{Argument(a, words)}</dd>\n"))}</dl>
        """);

    private static Html Argument(KfuncPageArgument argument, SiteWords words) =>
        argument.Meaning is not { } meaning ? words.Of(argument.Rule)
        : argument.IsPlain ? words.Of(meaning)
        : Html.Of($"{words.Of(meaning)}<span class=\"rule\">{words.Of(argument.Rule)}</span>");

    private static Html Result(KfuncPage page, SiteWords words) => page.Result is null ? Html.Nothing : Html.Of($"""
        <h2>Result</h2>
        {(page.Returns is { } returns ? Html.Of($"<p>{words.Of(returns)}</p>") : Html.Nothing)}{(page.Duty is { } duty ? Html.Of($"<p class=\"note must\">{words.Of(duty)}</p>") : Html.Nothing)}
        """);

    private static Html Beware(KfuncPage page, SiteWords words) => page.Beware.IsEmpty ? Html.Nothing : Html.Of($"""
        <h2>Beware</h2>
        <ul>{page.Beware.Select(b => Html.Of($"<li>{words.Of(b)}</li>"))}</ul>
        """);

    private static Html Callers(SiteKfunc kfunc, SiteFacts facts, SiteWords words)
    {
        var rows = facts.Types.Where(t => facts.Models.Any(m => SiteFacts.Reach(m, kfunc.Name, t) != KfuncReach.None)).Select(t => Html.Of(
            $"<tr><th scope=\"row\"><a href=\"{SitePaths.Up}{SitePaths.Type(t)}\">{KernelNames.Spell(t)}</a></th>{facts.Models.Select(m => Cell(SiteFacts.Reach(m, kfunc.Name, t)))}</tr>\n")).ToList();
        return Html.Of($"""
            <h2>Who may call it</h2>
            {(rows.Count == 0 ? new Html("<p>No program of its own accord: the kernel puts the call in.</p>") : Html.Of($"<div class=\"scroll\"><table class=\"grid\"><thead><tr><th></th>{facts.Models.Select(m => Html.Of($"<th scope=\"col\">{m.Version.ToString()}</th>"))}</tr></thead><tbody>\n{rows}</tbody></table></div>"))}
            {HookFlags(kfunc)}{Filters(kfunc)}
            """);
    }

    private static Html Cell(KfuncReach reach) => new(reach switch
    {
        KfuncReach.Free => "<td class=\"yes\">yes</td>",
        KfuncReach.Filtered => "<td class=\"some\">some</td>",
        _ => "<td class=\"no\">–</td>",
    });

    private static Html HookFlags(SiteKfunc kfunc) =>
        kfunc.Newest.Hooks.Values.Distinct().Count() < 2 ? Html.Nothing
        : Html.Of($"<p>Its flags differ: {Html.Join(kfunc.Newest.Hooks.OrderBy(h => h.Key).Select(h => Html.Of($"on {KernelNames.Spell(h.Key)} {KfuncWords.FlagNames(h.Value)}")), "; ")}.</p>");

    private static Html Filters(SiteKfunc kfunc)
    {
        var filters = kfunc.Newest.Filters.GroupBy(f => (f.Name, Text: KfuncWords.Rule(f.Rule))).ToList();
        return filters.Count == 0 ? Html.Nothing : Html.Of($"<details class=\"note\"><summary>“some” is what a filter lets pass</summary><ul>{filters.Select(f => Html.Of($"<li>on {string.Join(", ", f.Select(x => KernelNames.Spell(x.Hook)).Distinct())}: {f.Key.Text} (<code>{f.Key.Name}</code>)</li>"))}</ul></details>");
    }

    private static Html History(SiteKfunc kfunc, SiteWords words)
    {
        var steps = kfunc.Timeline.Steps.SelectMany(s => s.Changes.Where(c => c.Kind != KfuncChangeKind.Config).Select(c => Step(s, c, kfunc, words))).ToList();
        return steps.Count == 0 ? Html.Nothing : Html.Of($"<h2>History</h2>\n<ol class=\"history\">\n{steps}</ol>\n");
    }

    /// <summary>A change, dated as well as is known: an arrival by its release, all else by the models around it.</summary>
    private static Html Step(KfuncStep step, KfuncChange change, SiteKfunc kfunc, SiteWords words) =>
        change.Kind == KfuncChangeKind.Added && kfunc.Newest.Since is { } since
            ? Html.Of($"<li><span class=\"when\">{since.ToString()}</span><div>{ChangeWords.Of(change, words)}</div></li>\n")
            : Html.Of($"<li><span class=\"when\">{step.To.ToString()}</span><div>{ChangeWords.Of(change, words)} <span class=\"quiet\">after {step.From.ToString()}</span></div></li>\n");

    private static Html Details(SiteKfunc kfunc, SiteFacts facts, SiteWords words) => Html.Of($"""
        <h2>Details</h2>
        <dl class="details">
        {(kfunc.Page.Needs is { } needs ? Html.Of($"<dt>Needs</dt><dd>{words.Of(needs)}</dd>\n") : Html.Nothing)}{(kfunc.Newest.Sets.IsEmpty ? Html.Nothing : Html.Of($"<dt>Sets</dt><dd>{Html.Join(kfunc.Newest.Sets.Select(s => Html.Of($"<code>{s}</code>")), ", ")}</dd>\n"))}<dt>Source</dt><dd>{facts.Models.Where(m => m.Kfuncs.ContainsKey(kfunc.Name)).Reverse().Select(m => Html.Of($"<code class=\"source\">{m.Kfuncs[kfunc.Name].Source}</code>"))}</dd>
        </dl>
        """);

    /// <summary>What releases it, what it replaces, and its neighbours in the same sets.</summary>
    private static Html Related(SiteKfunc kfunc, SiteFacts facts, SiteWords words)
    {
        var names = KfuncWords.ReleasesOf(kfunc.Newest, kfunc.Model)
            .Concat(facts.Kfuncs.Where(k => k.Newest.Deprecated?.Replacement == kfunc.Name).Select(k => k.Name))
            .Concat(Family(kfunc, facts)).Where(n => n != kfunc.Name).Distinct().ToImmutableArray();
        return names.IsEmpty ? Html.Nothing : Html.Of($"<h2>See also</h2>\n<p class=\"names\">{names.Select(words.Code)}</p>\n");
    }

    /// <summary>Kfuncs that share the first three words of the name: <c>bpf_iter_task_new</c>, <c>bpf_iter_task_next</c>.</summary>
    private static IEnumerable<string> Family(SiteKfunc kfunc, SiteFacts facts)
    {
        var words = kfunc.Name.TrimStart('_').Split('_');
        if (words.Length < 3) return [];
        var family = string.Join('_', words.Take(words.Length > 3 ? 3 : 2)) + "_";
        var names = facts.Kfuncs.Where(k => k.Name.TrimStart('_').StartsWith(family, StringComparison.Ordinal)).Select(k => k.Name).ToList();
        return names.Count is > 1 and < 30 ? names : [];
    }
}
