using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>What a request sees of an open file: one snapshot, and the kernels that are spoken about.</summary>
internal sealed class OpenFiles(LiveWorkspace workspace, ShippedModels models)
{
    /// <summary>Null for a document that is not open, is no file, or where no kernel is known.</summary>
    public (FileSnapshot Snapshot, KernelView Kernels)? Find(string uri) =>
        Uris.PathOf(uri) is { } path && workspace.Find(path) is { } snapshot && KernelView.Of(snapshot, models.Pages) is { } kernels ? (snapshot, kernels) : null;
}
