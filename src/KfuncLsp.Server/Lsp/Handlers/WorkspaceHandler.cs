using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Checks files again when what lies around them changes: settings, configuration, compile databases, headers.</summary>
internal sealed class WorkspaceHandler(
    LiveWorkspace workspace, ClientSession session, SettingsHandler settings, LspClient client, WorkspacePullHandler everything, DiskWatch watch)
{
    public async Task ConfigurationAsync(DidChangeConfigurationParams parameters)
    {
        if (await settings.ChangedAsync(parameters.Settings)) await RecheckAllAsync();
    }

    /// <summary>Asks for the editor's settings, and checks again what was checked without them.</summary>
    public async Task AskSettingsAsync()
    {
        if (await settings.AskAsync()) await RecheckAllAsync();
    }

    public Task WatchedFilesAsync(DidChangeWatchedFilesParams parameters)
    {
        var paths = parameters.Changes.Select(c => Uris.PathOf(c.Uri)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return FilesChangedAsync(paths, isContentOnly: parameters.Changes.All(c => c.Type == FileChangeType.Changed));
    }

    /// <summary>Looks after the files that the client does not: those around the open ones where it watches none, and those that describe kernels.</summary>
    public void WatchByOurselves()
    {
        watch.KernelsOnly = session.WatchesFiles;
        watch.Start(change => FilesChangedAsync(change.Paths, change.IsContentOnly));
    }

    public async Task FoldersAsync(DidChangeWorkspaceFoldersParams parameters)
    {
        var added = parameters.Event.Added.Select(f => Uris.PathOf(f.Uri)).OfType<string>();
        var removed = parameters.Event.Removed.Select(f => Uris.PathOf(f.Uri)).OfType<string>();
        session.Folders = [.. session.Folders.Except(removed).Union(added)];
        if (await settings.AskAsync()) await RecheckAllAsync();
        else everything.Forget();
    }

    private async Task FilesChangedAsync(IReadOnlySet<string> paths, bool isContentOnly)
    {
        if (isContentOnly && paths.All(IsCode))
        {
            everything.Forget();
            workspace.RecheckReaders(paths);
            await client.RefreshDiagnosticsAsync();
        }
        else if (paths.Count > 0)
        {
            await RecheckAllAsync();
        }
    }

    private Task RecheckAllAsync()
    {
        everything.Forget();
        workspace.RecheckAll();
        return client.RefreshDiagnosticsAsync();
    }

    private static bool IsCode(string path) => Path.GetExtension(path) is ".h" or ".c";
}
