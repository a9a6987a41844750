using System.Text.Json;
using System.Text.RegularExpressions;

namespace KfuncLsp.Tests.Cli;

/// <summary>Checks JSON against the part of JSON Schema that our published schema uses; a keyword that it doesn't know is an error.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly HashSet<string> Ignored = ["$schema", "title", "description", "$defs", "default"];

    /// <summary>One line per violation: where, and what.</summary>
    public List<string> Validate(JsonElement value)
    {
        var errors = new List<string>();
        Check(root, value, "$", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        if (schema.ValueKind == JsonValueKind.False) errors.Add($"{at}: not allowed");
        if (schema.ValueKind != JsonValueKind.Object) return;
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$ref": Check(Resolve(keyword.Value.GetString()!), value, at, errors); break;
                case "oneOf":
                    var fitting = keyword.Value.EnumerateArray().Count(s => IsValid(s, value));
                    if (fitting != 1) errors.Add($"{at}: {value} fits {fitting} of what one must fit");
                    break;
                case "type":
                    var types = keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Select(t => t.GetString()!) : [keyword.Value.GetString()!];
                    if (!types.Any(t => IsOf(t, value))) errors.Add($"{at}: {value.ValueKind} is not {keyword.Value}");
                    break;
                case "enum":
                    if (!keyword.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value))) errors.Add($"{at}: {value} is not one of {keyword.Value}");
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    foreach (var name in keyword.Value.EnumerateArray())
                        if (!value.TryGetProperty(name.GetString()!, out _)) errors.Add($"{at}: no {name}");
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var property in keyword.Value.EnumerateObject())
                        if (value.TryGetProperty(property.Name, out var member)) Check(property.Value, member, $"{at}.{property.Name}", errors);
                    break;
                case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject())
                        if (!schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(member.Name, out _))
                            Check(keyword.Value, member.Value, $"{at}.{member.Name}", errors);
                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    var index = 0;
                    foreach (var item in value.EnumerateArray()) Check(keyword.Value, item, $"{at}[{index++}]", errors);
                    break;
                case "minItems" when value.ValueKind == JsonValueKind.Array:
                    if (value.GetArrayLength() < keyword.Value.GetInt32()) errors.Add($"{at}: too few items");
                    break;
                case "minLength" when value.ValueKind == JsonValueKind.String:
                    if (value.GetString()!.Length < keyword.Value.GetInt32()) errors.Add($"{at}: too short");
                    break;
                case "pattern" when value.ValueKind == JsonValueKind.String:
                    if (!Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!)) errors.Add($"{at}: '{value}' does not match {keyword.Value}");
                    break;
                case "minimum" when value.ValueKind == JsonValueKind.Number:
                    if (value.GetInt64() < keyword.Value.GetInt64()) errors.Add($"{at}: {value} is below {keyword.Value}");
                    break;
                case "required" or "properties" or "additionalProperties" or "items" or "minItems" or "minLength" or "pattern" or "minimum": break;
                default:
                    if (!Ignored.Contains(keyword.Name)) throw new NotSupportedException($"keyword {keyword.Name}");
                    break;
            }
        }
    }

    private bool IsValid(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "", errors);
        return errors.Count == 0;
    }

    private JsonElement Resolve(string reference)
    {
        var at = root;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)) at = at.GetProperty(part);
        return at;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"type {type}"),
    };
}
