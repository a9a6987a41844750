using System.Text;

namespace KfuncLsp.Site.Markup;

/// <summary>Text that is markup already. Everything else is escaped when it is put into a page.</summary>
public readonly record struct Html(string Markup)
{
    public static readonly Html Nothing = new("");

    /// <summary>Plain text → markup that shows it, in content and in quoted attributes alike.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>\"'") < 0) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
            escaped.Append(letter switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => letter.ToString(),
            });
        return escaped.ToString();
    }

    /// <summary>An interpolated string as markup: its literal parts as they are, its holes escaped.</summary>
    public static Html Of(HtmlText text) => new(text.ToString());

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces, string between = "") => new(string.Join(between, pieces.Select(p => p.Markup)));

    public override string ToString() => Markup;
}
