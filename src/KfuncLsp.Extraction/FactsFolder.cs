using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KfuncLsp.Extraction.Json;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Extraction;

/// <summary>The folder of facts that models are made of: one file a kernel, and what is said by hand.</summary>
public static class FactsFolder
{
    /// <summary>Reads a folder of facts.</summary>
    /// <remarks>Errors: null and the reason for the first file that can't be read.</remarks>
    public static (FactSources? Sources, string? Error) Load(string folder)
    {
        var kernels = new List<RegistryFacts>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Where(p => KernelVersion.Parse(Path.GetFileNameWithoutExtension(p)) is not null))
        {
            var (facts, error) = FactsJson.Read(File.ReadAllText(path));
            if (facts is null) return (null, $"{path}: {error}");
            kernels.Add(facts);
        }

        try
        {
            return (new(
                RegistryFacts.OldestFirst(kernels),
                Read(folder, "traits.json", FactsJsonContext.Default.BehaviourFacts) ?? new(),
                Read(folder, "messages.json", FactsJsonContext.Default.ImmutableArrayMessageFact),
                Read(folder, "history.json", FactsJsonContext.Default.ImmutableArrayHistoryFact),
                Read(folder, "descriptions.json", FactsJsonContext.Default.ImmutableArrayKfuncDescription)), null);
        }
        catch (JsonException e)
        {
            return (null, $"{folder}: {e.Message}");
        }
    }

    /// <summary>The models of a folder of facts in their shipped form, by file name.</summary>
    public static IEnumerable<(string FileName, byte[] Bytes)> Pack(FactSources sources) =>
        sources.Kernels.Select(k => ($"{KernelVersion.Parse(k.Release)!.Value.Series}.model", ModelWriter.Write(ModelBuilder.Build(k, sources))))
            .Append((KfuncDescriptions.FileName, KfuncDescriptions.Write(sources.Descriptions)));

    /// <summary>The catalogue as canonical JSON.</summary>
    public static string Print(ImmutableArray<MessageFact> messages) =>
        CanonicalJson.Print(JsonSerializer.SerializeToNode(messages, FactsJsonContext.Default.ImmutableArrayMessageFact)!);

    private static T? Read<T>(string folder, string name, JsonTypeInfo<T> type)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path)) return JsonSerializer.Deserialize(File.ReadAllText(path), type);
        return typeof(T) == typeof(BehaviourFacts) ? default : JsonSerializer.Deserialize("[]", type);
    }
}
