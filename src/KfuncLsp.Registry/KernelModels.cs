using System.Collections.Immutable;

namespace KfuncLsp.Registry;

/// <summary>The models that are shipped.</summary>
public static class KernelModels
{
    /// <summary>Versions with a model of their own, oldest first.</summary>
    public static ImmutableArray<KernelVersion> Versions => [];

    /// <summary>The model of a series; null where there is none.</summary>
    public static KernelModel? For(KernelVersion version) => null;
}
