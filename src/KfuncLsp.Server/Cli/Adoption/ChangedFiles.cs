using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Server.Cli.Adoption;

/// <summary>The files of a git work tree that differ from a revision, and the sources that they concern.</summary>
public sealed class ChangedFiles
{
    private readonly HashSet<string> _changed;
    private readonly ILookup<string, string> _byName;
    private readonly Dictionary<string, string[]> _includes = new(StringComparer.Ordinal);

    private ChangedFiles(IEnumerable<string> changed, IEnumerable<string> all)
    {
        _changed = new(changed, StringComparer.Ordinal);
        _byName = all.Union(_changed).ToLookup(p => Path.GetFileName(p), StringComparer.Ordinal);
    }

    /// <summary>What differs between the work tree, untracked files included, and the point where it left the revision's line.</summary>
    /// <remarks>Errors: null, and git's reason.</remarks>
    public static (ChangedFiles? Changed, string Error) Since(string revision, string directory)
    {
        var up = Git.Run(directory, "rev-parse", "--show-cdup");
        if (up.Output is null) return (null, up.Error);
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(up.Output.Trim(), directory));
        var changed = Git.Run(root, "diff", "--name-only", "-z", "--merge-base", "--end-of-options", revision, "--");
        if (changed.Output is null) return (null, changed.Error);
        var untracked = Git.Run(root, "ls-files", "-z", "--others", "--exclude-standard");
        var tracked = Git.Run(root, "ls-files", "-z");
        return (new(Paths(root, changed.Output).Concat(Paths(root, untracked.Output)), Paths(root, tracked.Output)), "");
    }

    /// <summary>Whether a source, a file that it includes, or its settings changed.</summary>
    /// <remarks>Shape: an include is taken for every file of the work tree whose path ends in it, so a source may be taken for concerned that is not; never the other way round.</remarks>
    public bool Concern(string source)
    {
        for (var directory = Path.GetDirectoryName(source); directory is not null; directory = Path.GetDirectoryName(directory))
            if (ProjectFiles.Names.Any(name => _changed.Contains(Path.Combine(directory, name)))) return true;

        var seen = new HashSet<string>(StringComparer.Ordinal) { source };
        var open = new Stack<string>(seen);
        while (open.TryPop(out var file))
        {
            if (_changed.Contains(file)) return true;
            foreach (var included in IncludesOf(file))
                if (seen.Add(included)) open.Push(included);
        }

        return false;
    }

    private string[] IncludesOf(string file)
    {
        if (_includes.TryGetValue(file, out var known)) return known;
        return _includes[file] = [.. IncludeNames.Of(file).SelectMany(Named).Distinct(StringComparer.Ordinal)];
    }

    private IEnumerable<string> Named(string include)
    {
        var parts = include.Split('/', '\\').Where(p => p is not ("" or "." or "..")).ToArray();
        if (parts.Length == 0) return [];
        var end = Path.DirectorySeparatorChar + string.Join(Path.DirectorySeparatorChar, parts);
        return _byName[parts[^1]].Where(path => path.EndsWith(end, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Paths(string root, string? listed) =>
        (listed ?? "").Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(name => Path.GetFullPath(name, root));
}
