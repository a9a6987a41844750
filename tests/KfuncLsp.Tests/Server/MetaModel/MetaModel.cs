using System.Text.Json;
using System.Text.RegularExpressions;
using KfuncLsp.Tests.Cli;

namespace KfuncLsp.Tests.Server.MetaModel;

/// <summary>The official model of the protocol: checks messages against it.</summary>
internal sealed class MetaModel
{
    private readonly Dictionary<string, JsonElement> _structures;
    private readonly Dictionary<string, JsonElement> _enumerations;
    private readonly Dictionary<string, JsonElement> _aliases;
    private readonly Dictionary<string, JsonElement> _requests;
    private readonly Dictionary<string, JsonElement> _notifications;

    private MetaModel(JsonElement root)
    {
        _structures = By(root, "structures", "name");
        _enumerations = By(root, "enumerations", "name");
        _aliases = By(root, "typeAliases", "name");
        _requests = By(root, "requests", "method");
        _notifications = By(root, "notifications", "method");
    }

    private static readonly Lazy<MetaModel> s_official = new(() =>
        new(JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "fixtures", "lsp", "metaModel.json")))));

    public static MetaModel Official => s_official.Value;

    /// <summary>The properties of a structure, those it extends and mixes in included.</summary>
    public IReadOnlyDictionary<string, JsonElement> PropertiesOf(string structure)
    {
        var all = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var definition = _structures[structure];
        foreach (var list in new[] { "extends", "mixins" })
            if (definition.TryGetProperty(list, out var parents))
                foreach (var parent in parents.EnumerateArray())
                    foreach (var (name, property) in PropertiesOf(parent.GetProperty("name").GetString()!)) all[name] = property;
        foreach (var property in definition.GetProperty("properties").EnumerateArray()) all[property.GetProperty("name").GetString()!] = property;
        return all;
    }

    public static bool IsOptional(JsonElement property) => property.TryGetProperty("optional", out var optional) && optional.GetBoolean();

    /// <summary>What is wrong with a request's or notification's method, direction and parameters.</summary>
    public IEnumerable<string> CheckCall(string method, bool isRequest, bool fromClient, JsonElement? parameters)
    {
        if (!(isRequest ? _requests : _notifications).TryGetValue(method, out var definition))
        {
            if (OwnMethods.IsRequest(method) && isRequest && fromClient) yield break;
            if (!method.StartsWith("$/", StringComparison.Ordinal)) yield return $"{method}: no {(isRequest ? "request" : "notification")} of LSP";
            yield break;
        }

        var direction = definition.GetProperty("messageDirection").GetString();
        if (direction != "both" && direction != (fromClient ? "clientToServer" : "serverToClient")) yield return $"{method}: goes {direction}";
        if (definition.TryGetProperty("params", out var type))
        {
            foreach (var problem in Check(type, parameters, method)) yield return problem;
        }
        else if (parameters is not null)
        {
            yield return $"{method}: has parameters";
        }
    }

    /// <summary>What is wrong with a request's result.</summary>
    public IEnumerable<string> CheckResult(string method, JsonElement result) =>
        OwnMethods.IsRequest(method) ? OwnMethods.CheckResult(method, result)
        : _requests.TryGetValue(method, out var definition) && definition.TryGetProperty("result", out var type) ? Check(type, result, $"{method} result") : [];

    /// <summary>What a client may send to a server that announced these capabilities, but for what every server serves.</summary>
    public IEnumerable<string> MethodsOf(JsonElement capabilities) =>
        _requests.Values.Concat(_notifications.Values)
            .Where(m => m.GetProperty("messageDirection").GetString() != "serverToClient" && m.TryGetProperty("serverCapability", out var path) && Has(capabilities, path.GetString()!))
            .Select(m => m.GetProperty("method").GetString()!);

    private static bool Has(JsonElement capabilities, string path)
    {
        foreach (var name in path.Split('.'))
            if (capabilities.ValueKind != JsonValueKind.Object || !capabilities.TryGetProperty(name, out capabilities)) return false;
        return capabilities.ValueKind is not (JsonValueKind.False or JsonValueKind.Null);
    }

    private IEnumerable<string> Check(JsonElement type, JsonElement? value, string at)
    {
        switch (type.GetProperty("kind").GetString())
        {
            case "base": return Base(type.GetProperty("name").GetString()!, value, at);
            case "stringLiteral": return value is { ValueKind: JsonValueKind.String } text && text.GetString() == type.GetProperty("value").GetString() ? [] : Wrong(type.ToString(), value, at);
            case "array":
                if (value is not { ValueKind: JsonValueKind.Array } array) return Wrong("array", value, at);
                return array.EnumerateArray().SelectMany((item, i) => Check(type.GetProperty("element"), item, $"{at}[{i}]"));
            case "map":
                if (value is not { ValueKind: JsonValueKind.Object } map) return Wrong("map", value, at);
                return map.EnumerateObject().SelectMany(p => Check(type.GetProperty("value"), p.Value, $"{at}.{p.Name}"));
            case "and": return type.GetProperty("items").EnumerateArray().SelectMany(t => Check(t, value, at));
            case "or":
                List<string>? best = null;
                foreach (var item in type.GetProperty("items").EnumerateArray())
                {
                    var problems = Check(item, value, at).ToList();
                    if (problems.Count == 0) return [];
                    if (best is null || problems.Count < best.Count) best = problems;
                }

                return best!;
            case "literal":
                return Fields(type.GetProperty("value").GetProperty("properties").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!), value, at);
            case "tuple":
                if (value is not { ValueKind: JsonValueKind.Array } tuple || tuple.GetArrayLength() != type.GetProperty("items").GetArrayLength()) return Wrong("tuple", value, at);
                return tuple.EnumerateArray().Zip(type.GetProperty("items").EnumerateArray()).SelectMany(p => Check(p.Second, p.First, at));
            case "reference": return Reference(type.GetProperty("name").GetString()!, value, at);
            default: return [$"{at}: the model has a kind that the checker lacks: {type}"];
        }
    }

    private IEnumerable<string> Reference(string name, JsonElement? value, string at)
    {
        if (name is "LSPAny") return [];
        if (_structures.ContainsKey(name)) return Fields(PropertiesOf(name), value, $"{at}<{name}>");
        if (_aliases.TryGetValue(name, out var alias)) return Check(alias.GetProperty("type"), value, at);
        if (!_enumerations.TryGetValue(name, out var enumeration)) return [$"{at}: unknown type {name}"];
        var problems = Base(enumeration.GetProperty("type").GetProperty("name").GetString()!, value, at).ToList();
        if (problems.Count > 0 || (enumeration.TryGetProperty("supportsCustomValues", out var custom) && custom.GetBoolean())) return problems;
        return enumeration.GetProperty("values").EnumerateArray().Any(v => v.GetProperty("value").ToString() == value.ToString()) ? [] : Wrong($"one of {name}", value, at);
    }

    private IEnumerable<string> Fields(IReadOnlyDictionary<string, JsonElement> properties, JsonElement? value, string at)
    {
        if (value is not { ValueKind: JsonValueKind.Object } given) return Wrong("object", value, at);
        var problems = new List<string>();
        foreach (var (name, property) in properties)
        {
            if (given.TryGetProperty(name, out var item)) problems.AddRange(Check(property.GetProperty("type"), item, $"{at}.{name}"));
            else if (!IsOptional(property)) problems.Add($"{at}.{name}: is missing");
        }

        problems.AddRange(given.EnumerateObject().Where(p => !properties.ContainsKey(p.Name)).Select(p => $"{at}.{p.Name}: not in the model"));
        return problems;
    }

    private static IEnumerable<string> Base(string name, JsonElement? value, string at)
    {
        var kind = value?.ValueKind ?? JsonValueKind.Undefined;
        var fits = name switch
        {
            "integer" => kind == JsonValueKind.Number && value!.Value.TryGetInt32(out _),
            "uinteger" => kind == JsonValueKind.Number && value!.Value.TryGetInt32(out var number) && number >= 0,
            "decimal" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "null" => kind == JsonValueKind.Null,
            "URI" or "DocumentUri" => kind == JsonValueKind.String && Regex.IsMatch(value!.Value.GetString()!, "^[A-Za-z][A-Za-z0-9+.-]*:"),
            _ => kind == JsonValueKind.String,
        };
        return fits ? [] : Wrong(name, value, at);
    }

    private static string[] Wrong(string what, JsonElement? value, string at) => [$"{at}: wants {what}, has {value?.ToString() ?? "nothing"}"];

    private static Dictionary<string, JsonElement> By(JsonElement root, string list, string key) =>
        root.GetProperty(list).EnumerateArray().ToDictionary(e => e.GetProperty(key).GetString()!, StringComparer.Ordinal);
}
