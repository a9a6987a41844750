using System.Runtime.CompilerServices;
using System.Text;

namespace KfuncLsp.Site.Markup;

/// <summary>Collects an interpolated string and escapes every hole that is not <see cref="Html"/>: what is not markup cannot become it.</summary>
[InterpolatedStringHandler]
public readonly struct HtmlText(int literalLength, int holes)
{
    private readonly StringBuilder _text = new(literalLength + (16 * holes));

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(Html markup) => _text.Append(markup.Markup);

    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces) _text.Append(piece.Markup);
    }

    public void AppendFormatted(string? value) => _text.Append(Html.Escape(value ?? ""));

    public void AppendFormatted(int value) => _text.Append(value);

    public override string ToString() => _text.ToString();
}
