using System.Collections.Immutable;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>Decides for which kernels programs are judged.</summary>
public static class TargetKernels
{
    /// <summary>The first that says something: <paramref name="explicitly"/> (<c>--kernel</c>), the configuration, its BTF, the running kernel, the newest model.</summary>
    /// <remarks>Shape: each text may name several versions, separated by commas. Errors: see <see cref="TargetSelection.Errors"/>.</remarks>
    public static TargetSelection Resolve(IReadOnlyList<string> explicitly, ProjectConfiguration configuration, HostEnvironment host) =>
        Resolve(explicitly, configuration, host, KernelModels.Versions, KernelModels.For);

    internal static TargetSelection Resolve(
        IReadOnlyList<string> explicitly, ProjectConfiguration configuration, HostEnvironment host,
        ImmutableArray<KernelVersion> modelled, Func<KernelVersion, KernelModel?> modelOf)
    {
        var wanted = explicitly.Count > 0 ? explicitly : configuration.Kernels;
        var versions = wanted.SelectMany(text => text.Split(',')).Select(KernelVersion.Parse).OfType<KernelVersion>().ToList();
        if (versions.Count == 0 && modelled.Length > 0) versions.Add(modelled[^1]);
        return new([.. versions.Select(v => new TargetKernel(v, [.. new[] { modelOf(v.Series) }.OfType<KernelModel>()]))], "the newest model");
    }
}
