using System.Collections.Immutable;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Registry;

/// <summary>The models that are shipped.</summary>
public static class KernelModels
{
    private static readonly Dictionary<KernelVersion, Lazy<KernelModel>> Shipped = Resources();

    /// <summary>Versions with a model of their own, oldest first.</summary>
    public static ImmutableArray<KernelVersion> Versions { get; } = [.. Shipped.Keys.Order()];

    /// <summary>The model of a series; null where there is none.</summary>
    /// <remarks>A patch level is ignored. The first call for a series reads the model, which takes a few milliseconds.</remarks>
    public static KernelModel? For(KernelVersion version) => Shipped.TryGetValue(version.Series, out var model) ? model.Value : null;

    /// <summary>All models, oldest first.</summary>
    public static ImmutableArray<KernelModel> All => [.. Versions.Select(v => For(v)!)];

    /// <summary>Models by age.</summary>
    public static ImmutableArray<KernelModel> OldestFirst(IEnumerable<KernelModel> models) => [.. models.OrderBy(m => m.Version)];

    /// <summary>The shipped models with others in place of those of their releases, oldest first.</summary>
    public static ImmutableArray<KernelModel> With(params IReadOnlyCollection<KernelModel> others) => OldestFirst(All.Where(m => others.All(o => o.Version != m.Version)).Concat(others));

    private static Dictionary<KernelVersion, Lazy<KernelModel>> Resources()
    {
        const string suffix = ".model";
        var assembly = typeof(KernelModels).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.EndsWith(suffix, StringComparison.Ordinal))
            .Select(n => (Name: n, Version: KernelVersion.Parse(n[..^suffix.Length]))).Where(n => n.Version is not null)
            .ToDictionary(n => n.Version!.Value, n => new Lazy<KernelModel>(() => Read(n.Name)));

        KernelModel Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return ModelReader.Read(stream);
        }
    }
}
