using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Does while nobody waits what the first file, the first question and the first edits would wait for.</summary>
internal sealed class Preparation
{
    /// <summary>For the first diagnostics on their way, and the questions that an editor asks when it has them.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly LiveWorkspace _workspace;
    private readonly ShippedModels _models;
    private int _begun;

    public Preparation(LiveWorkspace workspace, ShippedModels models)
    {
        (_workspace, _models) = (workspace, models);
        workspace.Checked += _ => AfterFirstCheck();
    }

    /// <summary>Begins to start what parses, for files of a directory.</summary>
    public void Begin(string directory) => _ = Task.Run(() => _workspace.Prepare(directory));

    private void AfterFirstCheck()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0) _ = Task.Run(AfterFirstCheckAsync);
    }

    private async Task AfterFirstCheckAsync()
    {
        _ = _models.All;
        await Task.Delay(s_pause);

        // What was loaded stays; the collector moves it to where it stays in two steps, of some 20 ms each, which would fall into edits.
        GC.Collect();
        GC.Collect();
    }
}
