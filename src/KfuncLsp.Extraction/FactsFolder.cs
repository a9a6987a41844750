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
    private const string Resource = "facts/";

    /// <summary>Reads a folder of facts.</summary>
    /// <remarks>Errors: null and the reason for the first file that can't be read.</remarks>
    public static (FactSources? Sources, string? Error) Load(string folder) =>
        Load(folder, Directory.EnumerateFiles(folder, "*.json").Select(p => Path.GetFileName(p)), name => File.Exists(Path.Combine(folder, name)) ? File.ReadAllText(Path.Combine(folder, name)) : null);

    /// <summary>The facts that this build ships. Reading them takes tenths of a second: for commands, never for a request.</summary>
    public static FactSources Shipped()
    {
        var assembly = typeof(FactsFolder).Assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Resource, StringComparison.Ordinal)).Select(n => n[Resource.Length..]);
        var (sources, error) = Load("shipped facts", names, name =>
        {
            using var stream = assembly.GetManifestResourceStream(Resource + name);
            return stream is null ? null : new StreamReader(stream).ReadToEnd();
        });
        return sources ?? throw new InvalidDataException(error);
    }

    private static (FactSources? Sources, string? Error) Load(string place, IEnumerable<string> names, Func<string, string?> read)
    {
        var kernels = new List<RegistryFacts>();
        foreach (var name in names.Where(n => KernelVersion.Parse(Path.GetFileNameWithoutExtension(n)) is not null))
        {
            var (facts, error) = FactsJson.Read(read(name)!);
            if (facts is null) return (null, $"{place}/{name}: {error}");
            kernels.Add(facts);
        }

        try
        {
            return (new(
                RegistryFacts.OldestFirst(kernels),
                Read("traits.json", FactsJsonContext.Default.BehaviourFacts) ?? new(),
                Read("messages.json", FactsJsonContext.Default.ImmutableArrayMessageFact),
                Read("history.json", FactsJsonContext.Default.ImmutableArrayHistoryFact),
                Read("descriptions.json", FactsJsonContext.Default.ImmutableArrayKfuncDescription))
            {
                Packages = Read("packages.json", FactsJsonContext.Default.ImmutableArrayPackageFact),
                Decisions = Read("decisions.json", FactsJsonContext.Default.ImmutableArrayDecisionFact),
            }, null);
        }
        catch (JsonException e)
        {
            return (null, $"{place}: {e.Message}");
        }

        T? Read<T>(string name, JsonTypeInfo<T> type)
        {
            if (read(name) is { } text) return JsonSerializer.Deserialize(text, type);
            return typeof(T) == typeof(BehaviourFacts) ? default : JsonSerializer.Deserialize("[]", type);
        }
    }

    /// <summary>The models of a folder of facts in their shipped form, by file name.</summary>
    public static IEnumerable<(string FileName, byte[] Bytes)> Pack(FactSources sources) =>
        sources.Kernels.Select(k => ($"{KernelVersion.Parse(k.Release)!.Value.Series}.model", ModelWriter.Write(ModelBuilder.Build(k, sources))))
            .Append((KfuncDescriptions.FileName, KfuncDescriptions.Write(sources.Descriptions)));

    /// <summary>The catalogue as canonical JSON.</summary>
    public static string Print(ImmutableArray<MessageFact> messages) =>
        CanonicalJson.Print(JsonSerializer.SerializeToNode(messages, FactsJsonContext.Default.ImmutableArrayMessageFact)!);
}
