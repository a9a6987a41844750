using KfuncLsp.Registry.Facts;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site;

/// <summary>Texts with code between backticks → markup, where names of kfuncs, flags and annotations lead to their pages.</summary>
internal sealed class SiteWords(SiteFacts facts)
{
    /// <summary>A text as markup for a page one folder deep.</summary>
    public Html Of(string text)
    {
        var parts = text.Split('`');
        return Html.Join(parts.Select((part, i) => i % 2 == 0 || i == parts.Length - 1 ? new Html(Html.Escape(part)) : Code(part)));
    }

    /// <summary>Code, linked where it is a name that has a page.</summary>
    public Html Code(string code) =>
        facts.ByName.ContainsKey(code) ? Html.Of($"<a href=\"{SitePaths.Up}{SitePaths.Kfunc(code)}\"><code>{code}</code></a>")
        : KernelNames.IsFlag(code) && facts.Flags.Contains(code) ? Flag(code)
        : Html.Of($"<code>{code}</code>");

    public static Html Flag(string flag) => Html.Of($"<a class=\"flag\" href=\"{SitePaths.Up}{SitePaths.Flag(flag)}\">{flag}</a>");
}
