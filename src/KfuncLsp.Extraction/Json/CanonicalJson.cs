using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KfuncLsp.Extraction.Json;

/// <summary>Prints JSON with what fits on one line on one line.</summary>
public static class CanonicalJson
{
    private const int Width = 150;

    /// <summary>Facts: empty lists are left out.</summary>
    public static string Print(JsonNode node) => new Printer(keepEmpty: false).Whole(node);

    /// <summary>Published JSON: everything is there, empty or not.</summary>
    public static string PrintAll(JsonNode node) => new Printer(keepEmpty: true).Whole(node);

    private sealed class Printer(bool keepEmpty)
    {
        private readonly StringBuilder _text = new();

        public string Whole(JsonNode node)
        {
            Print(node, 0);
            return _text.Append('\n').ToString();
        }

        private IEnumerable<KeyValuePair<string, JsonNode?>> Entries(JsonObject map) => map.Where(p => keepEmpty || p.Value is not JsonArray { Count: 0 });

        private void Print(JsonNode? node, int indent)
        {
            var flat = Flat(node);
            if ((indent > 0 || flat.Length < 3) && flat.Length + (indent * 2) <= Width) { _text.Append(flat); return; }
            switch (node)
            {
                case JsonObject map:
                    Lines('{', '}', indent, Entries(map).Select(p => (Quote(p.Key) + ": ", p.Value)));
                    break;
                case JsonArray list:
                    Lines('[', ']', indent, list.Select(v => ("", v)));
                    break;
                default:
                    _text.Append(flat);
                    break;
            }
        }

        private void Lines(char open, char close, int indent, IEnumerable<(string Key, JsonNode? Value)> entries)
        {
            _text.Append(open);
            var first = true;
            foreach (var (key, value) in entries)
            {
                if (!first) _text.Append(',');
                first = false;
                _text.Append('\n').Append(' ', (indent + 1) * 2).Append(key);
                Print(value, indent + 1);
            }

            _text.Append('\n').Append(' ', indent * 2).Append(close);
        }

        private string Flat(JsonNode? node) => node switch
        {
            null => "null",
            JsonObject map => "{" + string.Join(", ", Entries(map).Select(p => Quote(p.Key) + ": " + Flat(p.Value))) + "}",
            JsonArray list => "[" + string.Join(", ", list.Select(Flat)) + "]",
            JsonValue value when value.GetValueKind() == JsonValueKind.String => Quote(value.GetValue<string>()),
            _ => node.ToJsonString(),
        };

        private static string Quote(string plain)
        {
            var quoted = new StringBuilder("\"");
            foreach (var c in plain)
                quoted.Append(c switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\t' => "\\t", < ' ' => $"\\u{(int)c:x4}", _ => c.ToString() });
            return quoted.Append('"').ToString();
        }
    }
}
