using System.Collections.Immutable;

namespace KfuncLsp.Registry.History;

/// <summary>What changed of a kfunc from one model to the next one.</summary>
public sealed record KfuncStep(KernelVersion From, KernelVersion To, ImmutableArray<KfuncChange> Changes);

/// <summary>A kfunc across all models, oldest first.</summary>
/// <remarks>A change happened somewhere after <see cref="KfuncStep.From"/> and at latest in <see cref="KfuncStep.To"/>; <see cref="Since"/> may date its arrival better.</remarks>
public sealed record KfuncTimeline(string Name, ImmutableArray<KernelVersion> In, ImmutableArray<KernelVersion> NotIn, ImmutableArray<KfuncStep> Steps)
{
    /// <summary>The release that brought it; null where no source says.</summary>
    public KernelVersion? Since { get; init; }

    /// <summary>The first release known to lack it again.</summary>
    public KernelVersion? Until { get; init; }

    /// <summary>The history of a kfunc in models that are in order, oldest first.</summary>
    public static KfuncTimeline Of(string name, IReadOnlyList<KernelModel> models)
    {
        var steps = ImmutableArray.CreateBuilder<KfuncStep>();
        for (var i = 1; i < models.Count; i++)
        {
            var changes = KfuncComparison.Between(models[i - 1].Kfuncs.GetValueOrDefault(name), models[i].Kfuncs.GetValueOrDefault(name)).ToImmutableArray();
            if (changes.Length > 0) steps.Add(new(models[i - 1].Version, models[i].Version, changes));
        }

        var dated = models.Select(m => m.Kfuncs.GetValueOrDefault(name)).LastOrDefault(k => k is not null);
        return new(name, Versions(true), Versions(false), steps.ToImmutable()) { Since = dated?.Since, Until = dated?.Until };

        ImmutableArray<KernelVersion> Versions(bool present) => [.. models.Where(m => m.Kfuncs.ContainsKey(name) == present).Select(m => m.Version)];
    }
}
