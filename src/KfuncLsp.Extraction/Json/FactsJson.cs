using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Extraction.Json;

/// <summary>Facts as canonical JSON: sorted, stable, and laid out for a person to read and for a diff to be small.</summary>
public static class FactsJson
{
    public static string Write(RegistryFacts facts) => CanonicalJson.Print(JsonSerializer.SerializeToNode(facts, FactsJsonContext.Default.RegistryFacts)!);

    /// <summary>Reads facts back. The text may be anyone's: what a fact must have is there, or it is none.</summary>
    /// <remarks>Errors: null and the reason, where the text is no such JSON.</remarks>
    public static (RegistryFacts? Facts, string? Error) Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip });
            if (HasHoles(document.RootElement)) return (null, "not a registry: a list with a null in it");
            return document.Deserialize(s_strict) is { } facts ? (facts, null) : (null, "the file holds no facts");
        }
        catch (JsonException e)
        {
            return (null, $"not a registry: {e.Message}");
        }
    }

    private static readonly JsonTypeInfo<RegistryFacts> s_strict = (JsonTypeInfo<RegistryFacts>)new JsonSerializerOptions(FactsJsonContext.Default.Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = FactsJsonContext.Default.WithAddedModifier(RequireTexts),
    }.GetTypeInfo(typeof(RegistryFacts));

    /// <summary>A text that cannot be null must be given; numbers and lists are not written where they are zero or empty.</summary>
    private static void RequireTexts(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in type.Properties)
            if (property.PropertyType == typeof(string) && !property.IsSetNullable && !property.IsGetNullable) property.IsRequired = true;
    }

    /// <summary>A null as an element: the annotations of a list's elements are not looked at by the reader.</summary>
    private static bool HasHoles(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.Null || HasHoles(e)),
        JsonValueKind.Object => json.EnumerateObject().Any(p => HasHoles(p.Value)),
        _ => false,
    };
}

/// <summary>The shapes that are read and written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RegistryFacts))]
[JsonSerializable(typeof(BehaviourFacts))]
[JsonSerializable(typeof(ImmutableArray<MessageFact>))]
[JsonSerializable(typeof(ImmutableArray<HistoryFact>))]
[JsonSerializable(typeof(ImmutableArray<PackageFact>))]
[JsonSerializable(typeof(ImmutableArray<DecisionFact>))]
[JsonSerializable(typeof(ImmutableArray<KfuncDescription>))]
internal sealed partial class FactsJsonContext : JsonSerializerContext;
