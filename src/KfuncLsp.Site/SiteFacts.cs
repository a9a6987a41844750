using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.History;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Site;

/// <summary>All that the pages are made of, looked up once.</summary>
/// <remarks>Shape: <see cref="Models"/> are oldest first; kfuncs of the kernel's own tests are left out.</remarks>
internal sealed class SiteFacts
{
    public SiteFacts(IReadOnlyList<KernelModel> models)
    {
        Models = [.. models];
        Kfuncs = [.. models.SelectMany(m => m.Kfuncs.Values).Where(k => !k.IsTest).Select(k => k.Name).Distinct().Order(StringComparer.Ordinal).Select(Describe)];
        ByName = Kfuncs.ToDictionary(k => k.Name, StringComparer.Ordinal);
        Types = [.. Enum.GetValues<ProgramType>().Where(t => t != ProgramType.Unspec && Kfuncs.Any(k => Models.Any(m => Reach(m, k.Name, t) != KfuncReach.None))).OrderBy(KernelNames.Spell, StringComparer.Ordinal)];
        Flags = [.. Kfuncs.SelectMany(k => Models.Select(m => m.Kfuncs.GetValueOrDefault(k.Name)?.Flags ?? 0)).SelectMany(f => KernelNames.Spell(f)).Distinct().Order(StringComparer.Ordinal)];
        Annotations = [.. Models.SelectMany(m => Kfuncs.Select(k => m.Kfuncs.GetValueOrDefault(k.Name))).OfType<KfuncSignature>().SelectMany(k => k.Parameters).SelectMany(p => p.Suffixes).Distinct().Order(StringComparer.Ordinal)];
    }

    public ImmutableArray<KernelModel> Models { get; }
    public ImmutableArray<SiteKfunc> Kfuncs { get; }
    public IReadOnlyDictionary<string, SiteKfunc> ByName { get; }

    /// <summary>The program types that may call some kfunc on some kernel.</summary>
    public ImmutableArray<ProgramType> Types { get; }

    public ImmutableArray<string> Flags { get; }

    /// <summary>Parameter suffixes that the verifier reads, such as <c>__sz</c>.</summary>
    public ImmutableArray<string> Annotations { get; }

    public KernelModel NewestModel => Models[^1];

    public static KfuncReach Reach(KernelModel model, string kfunc, ProgramType type) =>
        model.Kfuncs.GetValueOrDefault(kfunc) is { } known ? model.ReachOf(known, type) : KfuncReach.None;

    private SiteKfunc Describe(string name)
    {
        var model = Models.Last(m => m.Kfuncs.TryGetValue(name, out var kfunc) && !kfunc.IsTest);
        var newest = model.Kfuncs[name];
        return new(newest, model, KfuncPage.Of(newest, model, Models), KfuncTimeline.Of(name, Models));
    }
}
