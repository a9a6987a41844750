namespace KfuncLsp.Frontend.Parsing;

/// <summary>What tells, without reading it, whether a file is still the one that was read, whatever links lead to it.</summary>
/// <remarks>Units: <paramref name="Length"/> in bytes, <paramref name="Time"/> in .NET ticks of the last write in UTC. These are what clang compares, too.</remarks>
public readonly record struct FileStamp(string Path, long Length, long Time)
{
    /// <summary>The file as it lies on disk. Errors: null where there is none, or it cannot be looked at.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
            return file.Exists ? new(path, file.Length, file.LastWriteTimeUtc.Ticks) : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public bool IsCurrent => Of(Path) == this;

    public override string ToString() => $"{Path} {Length} {Time}";
}
