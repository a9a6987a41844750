using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KfuncLsp.Scoreboard;

/// <summary>The committed counts of the corpus, by kernel: they may only improve.</summary>
public sealed record Baseline(SortedDictionary<string, KernelCounts> Kernels)
{
    public static Baseline Of(IEnumerable<Score> scores) =>
        new(new SortedDictionary<string, KernelCounts>(scores.ToDictionary(s => s.Kernel, KernelCounts.Of), StringComparer.Ordinal));

    public static Baseline Read(string path) => new(JsonSerializer.Deserialize(File.ReadAllText(path), BaselineJson.Default.SortedDictionaryStringKernelCounts)!);

    public void Write(string path) =>
        File.WriteAllText(path, JsonSerializer.Serialize(Kernels, BaselineJson.Default.SortedDictionaryStringKernelCounts) + "\n");

    /// <summary>What is worse in <paramref name="now"/>, as text; empty where nothing is.</summary>
    public IEnumerable<string> WorseIn(Baseline now)
    {
        foreach (var (kernel, before) in Kernels)
        {
            if (!now.Kernels.TryGetValue(kernel, out var counts)) yield return $"{kernel}: not judged";
            else if (counts.Found < before.Found) yield return $"{kernel}: {counts.Found} rejected programs are found, {before.Found} were";
            else if (counts.Agreed < before.Agreed) yield return $"{kernel}: {counts.Agreed} accepted programs are accepted, {before.Agreed} were";
        }
    }
}

/// <summary>One kernel's counts, over all and by the kernel's message.</summary>
public sealed record KernelCounts(int Accepted, int Agreed, int Rejected, int Found, SortedDictionary<string, ClassCounts> Classes)
{
    public static KernelCounts Of(Score score) => new(score.Accepted.Count(), score.Agreed, score.Rejected.Count(), score.Found,
        new SortedDictionary<string, ClassCounts>(score.Rejected.GroupBy(o => o.Class)
            .ToDictionary(g => g.Key, g => new ClassCounts(g.Count(), g.Count(o => o.IsFound))), StringComparer.Ordinal));
}

/// <summary>The labelled rejections with one message, and how many of them are found.</summary>
public sealed record ClassCounts(int Rejected, int Found);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SortedDictionary<string, KernelCounts>))]
internal sealed partial class BaselineJson : JsonSerializerContext;
