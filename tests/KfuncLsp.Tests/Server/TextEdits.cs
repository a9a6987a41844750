using System.Text;
using System.Text.Json;

namespace KfuncLsp.Tests.Server;

/// <summary>Makes edits as an editor does.</summary>
internal static class TextEdits
{
    /// <summary>A text with the edits of a code action made, the last one first; columns count in the encoding.</summary>
    public static string Apply(string text, IEnumerable<JsonElement> edits, string encoding = "utf-16")
    {
        foreach (var edit in edits.OrderByDescending(e => Place(e, "start")))
            text = text[..Offset(text, Place(edit, "start"), encoding)] + edit.GetProperty("newText").GetString() + text[Offset(text, Place(edit, "end"), encoding)..];
        return text;
    }

    /// <summary>How many columns a part of a line takes.</summary>
    public static int Width(string part, string encoding) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetByteCount(part),
        "utf-16" => part.Length,
        _ => part.EnumerateRunes().Count(),
    };

    private static (int Line, int Column) Place(JsonElement edit, string end)
    {
        var place = edit.GetProperty("range").GetProperty(end);
        return (place.GetProperty("line").GetInt32(), place.GetProperty("character").GetInt32());
    }

    private static int Offset(string text, (int Line, int Column) place, string encoding)
    {
        var at = 0;
        for (var line = 0; line < place.Line; line++) at = text.IndexOf('\n', at) + 1;
        var end = at;
        while (Width(text[at..end], encoding) < place.Column) end += char.IsHighSurrogate(text[end]) ? 2 : 1;
        return end;
    }
}
