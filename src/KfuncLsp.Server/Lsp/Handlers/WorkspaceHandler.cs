using System.Collections.Immutable;
using System.Text.Json;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Checks files again when what lies around them changes: settings, configuration, compile databases, headers.</summary>
internal sealed class WorkspaceHandler(LiveWorkspace workspace, ClientSession session, LspClient client, WorkspacePullHandler everything)
{
    public Task ConfigurationAsync(DidChangeConfigurationParams parameters)
    {
        session.Kernels = KernelsIn(parameters.Settings);
        return RecheckAllAsync();
    }

    public async Task WatchedFilesAsync(DidChangeWatchedFilesParams parameters)
    {
        var paths = parameters.Changes.Select(c => Uris.PathOf(c.Uri)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (paths.All(IsCode) && parameters.Changes.All(c => c.Type == FileChangeType.Changed))
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

    public void Folders(DidChangeWorkspaceFoldersParams parameters)
    {
        var added = parameters.Event.Added.Select(f => Uris.PathOf(f.Uri)).OfType<string>();
        var removed = parameters.Event.Removed.Select(f => Uris.PathOf(f.Uri)).OfType<string>();
        session.Folders = [.. session.Folders.Except(removed).Union(added)];
    }

    /// <summary>The <c>kernel</c> of the settings' <c>kfunc</c> section: a text or several.</summary>
    public static ImmutableArray<string> KernelsIn(JsonElement settings)
    {
        if (settings.ValueKind != JsonValueKind.Object) return [];
        if (settings.TryGetProperty("kfunc", out var section) && section.ValueKind == JsonValueKind.Object) settings = section;
        if (!settings.TryGetProperty("kernel", out var kernel)) return [];
        return kernel.ValueKind switch
        {
            JsonValueKind.String when kernel.GetString() is { Length: > 0 } one => [one],
            JsonValueKind.Array => [.. kernel.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.String).Select(k => k.GetString()!)],
            _ => [],
        };
    }

    private Task RecheckAllAsync()
    {
        everything.Forget();
        workspace.RecheckAll();
        return client.RefreshDiagnosticsAsync();
    }

    private static bool IsCode(string path) => Path.GetExtension(path) is ".h" or ".c";
}
