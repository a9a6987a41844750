using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Json;

/// <summary>Facts as canonical JSON: sorted, stable, and laid out for a person to read and for a diff to be small.</summary>
public static class FactsJson
{
    public static string Write(RegistryFacts facts) => CanonicalJson.Print(JsonSerializer.SerializeToNode(facts, FactsJsonContext.Default.RegistryFacts)!);

    /// <summary>Reads facts back.</summary>
    /// <remarks>Errors: null and the reason, where the text is no such JSON.</remarks>
    public static (RegistryFacts? Facts, string? Error) Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, FactsJsonContext.Default.RegistryFacts) is { } facts ? (facts, null) : (null, "the file holds no facts");
        }
        catch (JsonException e)
        {
            return (null, $"not a registry: {e.Message}");
        }
    }
}

/// <summary>The shapes that are read and written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RegistryFacts))]
[JsonSerializable(typeof(BehaviourFacts))]
[JsonSerializable(typeof(ImmutableArray<MessageFact>))]
[JsonSerializable(typeof(ImmutableArray<HistoryFact>))]
[JsonSerializable(typeof(ImmutableArray<DescriptionFact>))]
internal sealed partial class FactsJsonContext : JsonSerializerContext;

/// <summary>Prints JSON with what fits on one line on one line.</summary>
public static class CanonicalJson
{
    private const int Width = 150;

    public static string Print(JsonNode node)
    {
        var text = new StringBuilder();
        Print(text, node, 0);
        return text.Append('\n').ToString();
    }

    private static void Print(StringBuilder text, JsonNode? node, int indent)
    {
        var flat = Flat(node);
        if (indent > 0 && flat.Length + (indent * 2) <= Width) { text.Append(flat); return; }
        switch (node)
        {
            case JsonObject map:
                Lines(text, '{', '}', indent, map.Where(p => p.Value is not JsonArray { Count: 0 }).Select(p => (Quote(p.Key) + ": ", p.Value)));
                break;
            case JsonArray list:
                Lines(text, '[', ']', indent, list.Select(v => ("", v)));
                break;
            default:
                text.Append(flat);
                break;
        }
    }

    private static void Lines(StringBuilder text, char open, char close, int indent, IEnumerable<(string Key, JsonNode? Value)> entries)
    {
        text.Append(open);
        var first = true;
        foreach (var (key, value) in entries)
        {
            if (!first) text.Append(',');
            first = false;
            text.Append('\n').Append(' ', (indent + 1) * 2).Append(key);
            Print(text, value, indent + 1);
        }

        text.Append('\n').Append(' ', indent * 2).Append(close);
    }

    private static string Flat(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject map => "{" + string.Join(", ", map.Where(p => p.Value is not JsonArray { Count: 0 }).Select(p => Quote(p.Key) + ": " + Flat(p.Value))) + "}",
        JsonArray list => "[" + string.Join(", ", list.Select(Flat)) + "]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Quote(value.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            quoted.Append(c switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\t' => "\\t", < ' ' => $"\\u{(int)c:x4}", _ => c.ToString() });
        return quoted.Append('"').ToString();
    }
}
