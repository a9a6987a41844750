using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Workspace.Features;

/// <summary>The kernels that an editor feature speaks about: the file's first target, and all that are known, with what is said of their kfuncs.</summary>
/// <remarks>Shape: <see cref="All"/> is oldest first and not empty.</remarks>
public sealed record KernelView(KernelModel Target, KfuncPages Pages)
{
    public IReadOnlyList<KernelModel> All => Pages.Models;

    /// <summary>The view for a file; null where no model is known at all.</summary>
    public static KernelView? Of(FileSnapshot snapshot, KfuncPages pages) =>
        pages.Models.Count == 0 ? null : new(snapshot.Setup?.Model ?? pages.Models[^1], pages);

    /// <summary>A kfunc, with the model that has it: the target's, else the newest of the others, which is worth saying too.</summary>
    public (KfuncSignature Kfunc, KernelModel Model)? Find(string name)
    {
        if ((Target.FindKfunc(name) ?? Target.Unflagged.GetValueOrDefault(name)) is { } here) return (here, Target);
        for (var i = All.Count - 1; i >= 0; i--)
            if (All[i].FindKfunc(name) is { } elsewhere) return (elsewhere, All[i]);
        return null;
    }
}
