using System.Collections.Immutable;
using KfuncLsp.Registry;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>The kernel models at hand, oldest first; read when first asked for.</summary>
internal sealed class ShippedModels(Func<IEnumerable<KernelModel>> source)
{
    private readonly Lazy<ImmutableArray<KernelModel>> _all = new(() => [.. source()]);

    public ImmutableArray<KernelModel> All => _all.Value;

    public KernelModel? Newest => All.LastOrDefault();

    public static IEnumerable<KernelModel> Registry() => KernelModels.Versions.Select(KernelModels.For).OfType<KernelModel>();
}
