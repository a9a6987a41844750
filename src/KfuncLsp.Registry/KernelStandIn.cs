using System.Collections.Immutable;

namespace KfuncLsp.Registry;

/// <summary>How a kernel can be judged.</summary>
public enum StandInKind : byte
{
    /// <summary>It has a model of its own.</summary>
    Own,

    /// <summary>It lies between two models: a finding holds only if it holds in both.</summary>
    Neighbours,

    /// <summary>It is newer than all models; the newest stands for it.</summary>
    Newest,

    /// <summary>It is older than all models, and nothing can stand for it.</summary>
    TooOld,

    /// <summary>No such kernel is to be expected.</summary>
    Unheard,
}

/// <summary>The modelled versions that stand for a kernel; none where it cannot be judged.</summary>
public sealed record KernelStandIn(StandInKind Kind, ImmutableArray<KernelVersion> Versions)
{
    /// <summary>Chooses among the modelled versions, which are in order and at least one.</summary>
    public static KernelStandIn For(KernelVersion version, ImmutableArray<KernelVersion> modelled)
    {
        var series = version.Series;
        if (modelled.Contains(series)) return new(StandInKind.Own, [series]);
        if (series < modelled[0]) return new(StandInKind.TooOld, []);
        if (series < modelled[^1]) return new(StandInKind.Neighbours, [modelled.Last(m => m < series), modelled.First(m => m > series)]);
        return series.Major > modelled[^1].Major + 1 ? new(StandInKind.Unheard, []) : new(StandInKind.Newest, [modelled[^1]]);
    }
}
