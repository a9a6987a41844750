using System.Text;
using System.Text.Encodings.Web;

namespace KfuncLsp.Site;

/// <summary>What the search box looks through: names and first words, as a script, since a page on disk may load nothing else.</summary>
internal static class SearchIndex
{
    public static string Of(SiteFacts facts)
    {
        var text = new StringBuilder("window.kfuncs=[\n");
        foreach (var kfunc in facts.Kfuncs) text.Append("[\"").Append(Quoted(kfunc.Name)).Append("\",\"").Append(Quoted(kfunc.Does.Replace("`", "", StringComparison.Ordinal))).Append("\"],\n");
        return text.Append("];\n").ToString();
    }

    private static string Quoted(string text) => JavaScriptEncoder.Default.Encode(text);
}
