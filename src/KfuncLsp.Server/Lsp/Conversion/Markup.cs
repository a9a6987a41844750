using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Features;

namespace KfuncLsp.Server.Lsp.Conversion;

/// <summary>A feature's words, which hold inline code between backticks and bold between stars, in the format that the client shows.</summary>
internal static class Markup
{
    public static MarkupContent Of(string words, bool markdown) => markdown ? new(MarkupKind.Markdown, words) : new(MarkupKind.PlainText, Plain(words));

    /// <summary>A page; <paramref name="link"/> is where one reads on.</summary>
    public static MarkupContent Of(HoverPage page, string? link, bool markdown)
    {
        if (!markdown) return new(MarkupKind.PlainText, string.Join('\n', [page.Title, .. page.Lines.Select(Plain), .. page.Footer is { } last ? new[] { Plain(last) } : []]));
        var lines = new List<string> { page.Rule is null ? $"```c\n{page.Title}\n```\n" : $"**{page.Title}**\n" };
        for (var i = 0; i < page.Lines.Length; i++)
        {
            // A paragraph before and behind a list.
            if (i > 0 && !(IsItem(page.Lines[i]) && IsItem(page.Lines[i - 1]))) lines.Add("");
            lines.Add(page.Lines[i]);
        }

        if (link is not null) lines.Add($"\n[The rule's page]({link})");
        if (page.Footer is { } footer) lines.Add($"\n*{footer}*");
        return new(MarkupKind.Markdown, string.Join('\n', lines));
    }

    private static bool IsItem(string line) => line.StartsWith("- ", StringComparison.Ordinal);

    private static string Plain(string words) => words.Replace("`", "").Replace("**", "");
}
