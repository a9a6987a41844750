using System.Collections.Immutable;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>What an editor says besides the projects' files: the texts of its settings, for all files and for those of single folders.</summary>
public sealed record EditorSettings
{
    public static EditorSettings None { get; } = new();

    /// <summary>The kernels that the command line names; they precede all else.</summary>
    public ImmutableArray<string> Kernels { get; init; } = [];

    /// <summary>The registries that the command line names.</summary>
    public ImmutableArray<string> Registries { get; init; } = [];

    /// <summary>A JSON object with the keys of a project's file; empty where the editor says nothing.</summary>
    public ReadOnlyMemory<byte> Everywhere { get; init; }

    /// <summary>As <see cref="Everywhere"/>, by the path of a workspace folder, whose settings are complete in themselves.</summary>
    public ImmutableDictionary<string, ReadOnlyMemory<byte>> ByFolder { get; init; } = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;

    /// <summary>The settings that hold for a file, and the folder that they are of.</summary>
    public (string Folder, ReadOnlyMemory<byte> Text) For(string path)
    {
        var (folder, text) = ("/", Everywhere);
        foreach (var (candidate, own) in ByFolder)
            if (candidate.Length >= folder.Length && IsIn(path, candidate)) (folder, text) = (candidate, own);
        return (folder, text);
    }

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || folder.EndsWith('/') || path[folder.Length] == '/');
}
