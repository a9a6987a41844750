using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Reads what the first question about a kfunc would wait for, once the first diagnostics are out.</summary>
internal sealed class Preparation
{
    private readonly ShippedModels _models;
    private int _begun;

    public Preparation(LiveWorkspace workspace, ShippedModels models)
    {
        _models = models;
        workspace.Checked += _ => Begin();
    }

    private void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0) _ = Task.Run(() => _models.All);
    }
}
