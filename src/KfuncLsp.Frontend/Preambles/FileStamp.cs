namespace KfuncLsp.Frontend.Preambles;

/// <summary>What tells, without reading it, whether a file is still the one that was read.</summary>
/// <remarks>Units: <paramref name="Length"/> in bytes, <paramref name="Time"/> in .NET ticks of the last write in UTC. These are what clang compares, too.</remarks>
internal readonly record struct FileStamp(string Path, long Length, long Time)
{
    /// <summary>The file as it lies on disk; null where there is none.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(path, file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }

    public bool IsCurrent => Of(Path) == this;
}
