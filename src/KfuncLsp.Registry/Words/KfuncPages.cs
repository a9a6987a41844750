using System.Collections.Concurrent;

namespace KfuncLsp.Registry.Words;

/// <summary>The pages of the kfuncs of some kernels, each made when it is first asked for and kept: a page compares all kernels.</summary>
/// <remarks>Shape: <paramref name="models"/> are oldest first. Safe for several threads.</remarks>
public sealed class KfuncPages(IReadOnlyList<KernelModel> models)
{
    private readonly ConcurrentDictionary<(string Kfunc, string Model, KfuncHook? Hook), KfuncPage> _pages = new();

    public IReadOnlyList<KernelModel> Models => models;

    /// <inheritdoc cref="KfuncPage.Of"/>
    public KfuncPage Of(KfuncSignature kfunc, KernelModel model, KfuncHook? hook = null) =>
        _pages.GetOrAdd((kfunc.Name, model.Hash, hook), static (_, made) => KfuncPage.Of(made.kfunc, made.model, made.models, made.hook), (kfunc, model, models, hook));
}
