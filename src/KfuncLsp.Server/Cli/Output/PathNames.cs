namespace KfuncLsp.Server.Cli.Output;

/// <summary>How files are called in output: as given, or relative to where the user stands.</summary>
public sealed class PathNames(string directory)
{
    /// <summary>Where the user stands.</summary>
    public string Directory => directory;

    /// <summary>A path below the directory is relative to it, any other absolute; always with <c>/</c>.</summary>
    public string this[string path]
    {
        get
        {
            if (path.Length == 0) return path;
            var relative = Path.GetRelativePath(directory, path);
            var outside = Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            return (outside ? Path.GetFullPath(path) : relative).Replace('\\', '/');
        }
    }
}
