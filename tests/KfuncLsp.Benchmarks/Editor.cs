using System.Globalization;
using System.Text.Json.Nodes;

namespace KfuncLsp.Benchmarks;

/// <summary>Types four digits of a constant inside a function, as one change each.</summary>
internal sealed class Editor(string path, string text)
{
    private readonly int _at = text.IndexOf("4242", StringComparison.Ordinal) is >= 0 and var at ? at : throw new InvalidOperationException("the program lacks the constant 4242");

    /// <summary>The version that the last change made.</summary>
    public int Version { get; private set; } = 1;

    public string Text { get; private set; } = text;

    public JsonObject Next()
    {
        var digits = (1000 + ++Version * 37 % 9000).ToString(CultureInfo.InvariantCulture);
        Text = Text[.._at] + digits + Text[(_at + 4)..];
        var (line, column) = Place(Text, _at);
        return new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = new Uri(path).AbsoluteUri, ["version"] = Version },
            ["contentChanges"] = new JsonArray(new JsonObject
            {
                ["range"] = new JsonObject
                {
                    ["start"] = new JsonObject { ["line"] = line, ["character"] = column },
                    ["end"] = new JsonObject { ["line"] = line, ["character"] = column + 4 },
                },
                ["text"] = digits,
            }),
        };
    }

    public static (int Line, int Column) Place(string text, int offset) =>
        (text.AsSpan(0, offset).Count('\n'), offset - (text.LastIndexOf('\n', Math.Max(0, offset - 1)) + 1));
}
