using System.Collections.Immutable;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Preambles;

/// <summary>Precompiled preambles on disk, shared by every process of this user. Thread-safe.</summary>
/// <remarks>
/// A preamble is a <c>.pch</c> file and a <c>.list</c> of what it was made from; the list is moved into place last, so that a killed writer leaves
/// nothing that is read. A lock file that its owner did not clear says that making it ended a process: it is not tried again that day.
/// </remarks>
internal sealed class PreambleStore
{
    private static readonly TimeSpan s_leftAlone = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_abandoned = TimeSpan.FromHours(1);

    /// <summary>clang compares times of a second's grain: a file that was written while it was read cannot be told from a later state.</summary>
    private static readonly TimeSpan s_grain = TimeSpan.FromSeconds(2);

    private readonly string _directory;
    private readonly long _limit;
    private readonly Dictionary<PreambleKey, StoredPreamble> _known = [];
    private readonly HashSet<FileStream> _turns = [];
    private readonly Lock _gate = new();

    private PreambleStore(string directory, long limit)
    {
        _directory = directory;
        _limit = limit;
    }

    /// <summary>The store in a directory, which is made where it is not there.</summary>
    /// <remarks>Units: <paramref name="limit"/> in bytes. Errors: null where it cannot be made, or others may write to it.</remarks>
    public static PreambleStore? Open(string directory, long limit)
    {
        try
        {
            CacheFiles.MakeDirectory(directory);
            return CacheFiles.IsPrivate(directory) ? new(directory, limit) : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The preamble of a key, if it is there and none of its files changed.</summary>
    public StoredPreamble? Find(PreambleKey key)
    {
        lock (_gate)
        {
            if (_known.GetValueOrDefault(key) is { } known && known.IsCurrent()) return known;
            if (ReadList(key.Name) is not { } stored || stored.Key != key || !stored.IsCurrent())
            {
                _known.Remove(key);
                return null;
            }

            Touch(key.Name);
            return _known[key] = stored;
        }
    }

    /// <summary>Makes a preamble, unless another process is at it or making it went wrong before.</summary>
    /// <remarks>
    /// Shape: <paramref name="make"/> writes the precompiled form to a path and returns the files that it read, null where it cannot be used.
    /// Errors: false where there is none now and will be none for this key.
    /// </remarks>
    public bool Add(PreambleKey key, StoredPreamble? under, Func<string, IReadOnlyList<string>?> make)
    {
        var begun = DateTime.UtcNow;
        var path = Path.Combine(_directory, $"{key.Name}-{Guid.NewGuid().ToString("N")[..8]}.pch");
        try
        {
            using var turn = TakeTurn(key.Name, out var endedBadly);
            if (turn is null) return !endedBadly;
            var files = Find(key) is null ? Make(make, path, turn) : [];
            EndTurn(turn);
            if (files is null) TryDelete(path);
            else if (files.Count > 0) Keep(key, under, path, StampsOf(files, begun));
            return files is not null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            TryDelete(path);
            return false;
        }
    }

    /// <summary>A disk that is full, or not there, is no fault of the preamble's: it is tried again.</summary>
    private IReadOnlyList<string>? Make(Func<string, IReadOnlyList<string>?> make, string path, FileStream turn)
    {
        try
        {
            return make(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            EndTurn(turn);
            throw;
        }
    }

    /// <summary>The process ends while preambles are made, and they are not why.</summary>
    public void Abandon()
    {
        lock (_gate)
            foreach (var turn in _turns) turn.SetLength(0);
    }

    private void Keep(PreambleKey key, StoredPreamble? under, string path, List<FileStamp>? files)
    {
        if (files is null || FileStamp.Of(path) is not { } form)
        {
            TryDelete(path);
            return;
        }

        var stored = new StoredPreamble(key, [form, .. under?.Parts ?? []], [.. files.Concat(under?.Files ?? []).Distinct()]);
        CacheFiles.Write(ListOf(key.Name), stored.Write);
        lock (_gate) _known[key] = stored;
        Trim();
    }

    /// <summary>Forgets a preamble that clang would not take.</summary>
    public void Discard(PreambleKey key)
    {
        lock (_gate) _known.Remove(key);
        TryDelete(ListOf(key.Name));
    }

    private string ListOf(string name) => Path.Combine(_directory, $"{name}.list");

    private StoredPreamble? ReadList(string name)
    {
        try
        {
            return File.Exists(ListOf(name)) ? StoredPreamble.Read(name, File.ReadAllLines(ListOf(name))) : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The right to make a preamble; null where another has it, or had it when it died.</summary>
    private FileStream? TakeTurn(string name, out bool endedBadly)
    {
        endedBadly = false;
        var path = Path.Combine(_directory, $"{name}.lock");
        var lastTurn = File.GetLastWriteTimeUtc(path);
        FileStream turn;
        try
        {
            turn = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        endedBadly = turn.Length > 0 && !IsOld(lastTurn, s_leftAlone);
        if (endedBadly)
        {
            turn.Dispose();
            return null;
        }

        turn.SetLength(0);
        turn.WriteByte((byte)'!');
        turn.Flush(flushToDisk: false);
        lock (_gate) _turns.Add(turn);
        return turn;
    }

    private void EndTurn(FileStream turn)
    {
        lock (_gate) _turns.Remove(turn);
        turn.SetLength(0);
    }

    private static List<FileStamp>? StampsOf(IReadOnlyList<string> files, DateTime begun)
    {
        var stamps = new List<FileStamp>(files.Count);
        foreach (var file in files)
        {
            if (FileStamp.Of(file) is not { } stamp || stamp.Time > (begun - s_grain).Ticks) return null;
            stamps.Add(stamp);
        }

        return stamps;
    }

    /// <summary>Notes that it is in use, which decides what goes first when room is made.</summary>
    private void Touch(string name)
    {
        try
        {
            File.SetLastWriteTimeUtc(ListOf(name), DateTime.UtcNow);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Then it only looks older than it is.
        }
    }

    /// <summary>Deletes what was used least recently until the rest fits, and what killed writers left.</summary>
    /// <remarks>A process that has such a file open keeps it; one that opens it later makes it anew.</remarks>
    private void Trim()
    {
        var lists = new DirectoryInfo(_directory).GetFiles("*.list").OrderByDescending(f => f.LastWriteTimeUtc).ToArray();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var total = 0L;
        foreach (var list in lists)
        {
            var parts = ReadList(Path.GetFileNameWithoutExtension(list.Name))?.Parts ?? [];
            total += parts.Where(p => !kept.Contains(p.Path)).Sum(p => p.Length);
            if (parts.IsEmpty || (total > _limit && kept.Count > 0)) TryDelete(list.FullName);
            else kept.UnionWith(parts.Select(p => p.Path));
        }

        foreach (var file in new DirectoryInfo(_directory).GetFiles())
        {
            var isLeftover = file.Extension switch
            {
                ".pch" => !kept.Contains(file.FullName) && (total > _limit || IsOld(file.LastWriteTimeUtc, s_abandoned)),
                ".tmp" => IsOld(file.LastWriteTimeUtc, s_abandoned),
                ".lock" => IsOld(file.LastWriteTimeUtc, s_leftAlone),
                _ => false,
            };
            if (isLeftover) TryDelete(file.FullName);
        }
    }

    /// <summary>A time far ahead is one of a clock that was set back since, and as old as can be.</summary>
    private static bool IsOld(DateTime time, TimeSpan age) => (DateTime.UtcNow - time).Duration() > age;

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // It is in use (Windows), or no longer ours to delete.
        }
    }
}
