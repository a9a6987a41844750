using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Images;

/// <summary>Why a configured kernel lacks a kfunc that its source has.</summary>
internal static class MissingOptions
{
    /// <summary>The options that are off; empty where nothing explains it.</summary>
    /// <remarks>A kfunc of the selftests' modules is built with them alone, which is said in place of an option.</remarks>
    public static IReadOnlyList<string> Of(KfuncFact fact, KernelConfig? config)
    {
        if (fact.Test && fact.Sets.All(s => s.Source.StartsWith("tools/testing/", StringComparison.Ordinal))) return ["the module of the kernel's selftests"];
        return config is null ? [] : [.. fact.Config.SelectMany(config.Missing).Distinct()];
    }
}
