using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>The kernel models at hand, oldest first; read when first asked for.</summary>
internal sealed class ShippedModels(Func<IEnumerable<KernelModel>> source)
{
    private readonly Lazy<KfuncPages> _pages = new(() => new(source().ToList()));

    public IReadOnlyList<KernelModel> All => Pages.Models;

    /// <summary>What is said of their kfuncs.</summary>
    public KfuncPages Pages => _pages.Value;

    public static IEnumerable<KernelModel> Registry() => KernelModels.Versions.Select(KernelModels.For).OfType<KernelModel>();
}
