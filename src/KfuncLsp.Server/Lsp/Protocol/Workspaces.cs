using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

internal sealed record DidChangeConfigurationParams(JsonElement Settings);

internal sealed record DidChangeConfigurationRegistrationOptions
{
    public JsonElement? Section { get; init; }
}

/// <summary>The parameters of <c>workspace/configuration</c>.</summary>
internal sealed record ConfigurationParams(ConfigurationItem[] Items);

internal sealed record ConfigurationItem
{
    public string? ScopeUri { get; init; }
    public string? Section { get; init; }
}

internal enum FileChangeType { Created = 1, Changed = 2, Deleted = 3 }

internal sealed record DidChangeWatchedFilesParams(FileEvent[] Changes);

internal sealed record FileEvent(string Uri, FileChangeType Type);

internal sealed record DidChangeWatchedFilesRegistrationOptions(FileSystemWatcher[] Watchers);

internal sealed record FileSystemWatcher(string GlobPattern)
{
    public int? Kind { get; init; }
}

internal sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChangeEvent Event);

internal sealed record WorkspaceFoldersChangeEvent(WorkspaceFolder[] Added, WorkspaceFolder[] Removed);
