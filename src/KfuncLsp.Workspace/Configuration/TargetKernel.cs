using System.Collections.Immutable;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>A kernel to judge for, and the models that stand for it.</summary>
/// <remarks>Two models where it has none of its own: a finding holds only if it holds in both.</remarks>
public sealed record TargetKernel(KernelVersion Version, ImmutableArray<KernelModel> Models)
{
    /// <summary>As it was asked for: <c>6.12</c>.</summary>
    public string Name => Version.ToString();
}

/// <summary>The kernels to judge for, and where they came from.</summary>
public sealed record TargetSelection(ImmutableArray<TargetKernel> Kernels, string Origin)
{
    /// <summary>The BTF of the one kernel that was chosen by it, and its release; null where kernels were chosen by their releases.</summary>
    public (string Path, string Release)? BuiltAs { get; init; }

    /// <summary>What a person must know once: kernels judged by their neighbours.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>Why there is no answer: a version that is none, or that no model can stand for.</summary>
    public ImmutableArray<string> Errors { get; init; } = [];
}
