using System.Collections.Immutable;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Files on disk that changed. <see cref="IsContentOnly"/>: none came or went.</summary>
public readonly record struct DiskChange(IReadOnlySet<string> Paths, bool IsContentOnly);

/// <summary>Looks from time to time whether the files around the open ones changed: for an editor that does not watch them.</summary>
/// <remarks>What decides a check is known by name, so a few hundred questions to the file system do; no tree is watched.</remarks>
public sealed class DiskWatch(LiveWorkspace workspace) : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly string[] s_names = [.. ProjectFiles.Names, "build/compile_commands.json"];

    private readonly CancellationTokenSource _stop = new();
    private Dictionary<string, FileStamp?> _seen = new(StringComparer.Ordinal);
    private Task _loop = Task.CompletedTask;

    /// <summary>Whether only files that describe kernels are looked at: they may lie where an editor that watches the project does not.</summary>
    public bool KernelsOnly { get; set; }

    /// <summary>Begins to look; <paramref name="changed"/> is told of what differs from the look before.</summary>
    public void Start(Func<DiskChange, Task> changed) => _loop = Task.Run(async () =>
    {
        using var timer = new PeriodicTimer(s_interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                if (Look() is { Paths.Count: > 0 } change) await changed(change);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The session ends.
        }
    });

    /// <summary>What changed since the last look among the files that were known then.</summary>
    internal DiskChange Look()
    {
        var now = new Dictionary<string, FileStamp?>(StringComparer.Ordinal);
        foreach (var path in Around()) now.TryAdd(path, FileStamp.Of(path));
        var changed = now.Where(f => _seen.TryGetValue(f.Key, out var before) && before != f.Value).ToList();
        var contentOnly = changed.TrueForAll(f => f.Value is not null && _seen[f.Key] is not null);
        _seen = now;
        return new(changed.Select(f => f.Key).ToImmutableHashSet(StringComparer.Ordinal), contentOnly);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private IEnumerable<string> Around()
    {
        foreach (var path in workspace.OpenPaths)
        {
            if (workspace.Find(path)?.Last?.Setup.Configuration is { } configuration)
                foreach (var file in configuration.KernelFiles) yield return file;
            if (KernelsOnly) continue;
            for (var directory = Path.GetDirectoryName(path); directory is not null; directory = Path.GetDirectoryName(directory))
                foreach (var name in s_names) yield return Path.Combine(directory, name);
            if (workspace.Find(path)?.Last is not { } check) continue;
            foreach (var file in check.Unit.Files)
                if (file != path) yield return file;
        }
    }
}
