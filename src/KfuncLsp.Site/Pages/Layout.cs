using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>What all pages have around their content.</summary>
internal static class Layout
{
    private static readonly (string Title, string Path)[] Parts =
        [("Kfuncs", "index.html"), ("Matrix", "matrix.html"), ("Program types", "type/index.html"), ("Flags", "flag/index.html"), ("Annotations", "annotation/index.html"), ("Kernels", "kernel/index.html")];

    /// <summary>A whole page. <paramref name="path"/> is from the site's root; <paramref name="part"/> is the title of the part it belongs to.</summary>
    public static SiteFile Page(SiteFacts facts, string path, string title, string part, Html content)
    {
        var up = path.Contains('/') ? SitePaths.Up : "";
        var links = Parts.Select(p => Html.Of($"<a href=\"{up}{p.Path}\"{(p.Title == part ? new Html(" aria-current=\"true\"") : Html.Nothing)}>{p.Title}</a>\n"));
        var releases = string.Join(", ", facts.Models.Select(m => m.Release));
        return new(path, Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title} · kfuncs</title>
            <link rel="stylesheet" href="{up}style.css">
            <script src="{up}site.js"></script>
            <script defer src="{up}names.js"></script>
            </head>
            <body data-up="{up}">
            <a class="skip" href="#content">Skip to content</a>
            <header>
            <a class="home" href="{up}index.html">kfuncs</a>
            <div class="search" role="search"><input id="search" type="search" placeholder="Search kfuncs" aria-label="Search kfuncs" autocomplete="off" spellcheck="false"><kbd>/</kbd><div id="hits" hidden></div></div>
            <button id="theme" type="button" aria-label="Light or dark">◐</button>
            <nav>
            {links}</nav>
            </header>
            <main id="content">
            {content}
            </main>
            <footer>Facts read from Linux {releases} by kfunc-lsp; descriptions are its own.</footer>
            </body>
            </html>

            """).Markup);
    }
}
