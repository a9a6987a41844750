using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.Words;

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
[JsonSerializable(typeof(ImmutableArray<PackageFact>))]
[JsonSerializable(typeof(ImmutableArray<DecisionFact>))]
[JsonSerializable(typeof(ImmutableArray<KfuncDescription>))]
internal sealed partial class FactsJsonContext : JsonSerializerContext;
