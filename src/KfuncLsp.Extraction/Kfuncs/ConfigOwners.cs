using System.Collections.Immutable;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>Which CONFIG options build a file, and whether it may be a module: read from the Makefiles above it and from Kconfig.</summary>
/// <remarks>A file that several lines build keeps the first alternative. Options of directories (<c>obj-$(CONFIG_NET) += net/</c>) come first.</remarks>
internal sealed class ConfigOwners(SourceTree tree)
{
    private readonly Dictionary<string, (ImmutableArray<string> Config, bool Module)> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Target, string Words)>> makefiles = new(StringComparer.Ordinal);
    private HashSet<string>? _tristates;

    public (ImmutableArray<string> Config, bool Module) Of(string path)
    {
        if (known.TryGetValue(path, out var answer)) return answer;
        return known[path] = path.StartsWith("tools/", StringComparison.Ordinal) ? ([], true) : Look(path);
    }

    private (ImmutableArray<string> Config, bool Module) Look(string path)
    {
        var folder = Path.GetDirectoryName(path)!.Replace('\\', '/');
        var config = new List<string>();
        var module = Object(folder, Path.GetFileNameWithoutExtension(path) + ".o", config, 0);
        if (config.Count == 0) config.AddRange(Includers(path, folder));
        for (var (above, name) = (Path.GetDirectoryName(folder)!.Replace('\\', '/'), Path.GetFileName(folder)); above.Length > 0 || name.Length > 0; (above, name) = (Path.GetDirectoryName(above)?.Replace('\\', '/') ?? "", Path.GetFileName(above)))
        {
            foreach (var (target, words) in Lines(above))
                if (target.StartsWith("obj-", StringComparison.Ordinal) && words.Split(' ').Contains(name + "/") && Option(target) is { } option) { config.Insert(0, option); break; }
            if (above.Length == 0) break;
        }

        return ([.. config.Distinct()], module);
    }

    /// <summary>The guards under which some other source, here or one folder up, includes a file as a whole.</summary>
    private IEnumerable<string> Includers(string path, string folder)
    {
        var (above, name) = (Path.GetDirectoryName(folder)!.Replace('\\', '/'), Path.GetFileName(path));
        foreach (var candidate in new[] { folder, above }.Where(f => f.Length > 0).SelectMany(f => tree.FilesIn(f, "*.c")))
            if (tree.Text(candidate) is { } text && (text.Contains($"/{name}\"", StringComparison.Ordinal) || text.Contains($"\"{name}\"", StringComparison.Ordinal)) && tree.Read(candidate) is { } file)
                foreach (var include in file.Includes)
                    if (Path.GetDirectoryName(candidate)!.Replace('\\', '/') + "/" + include.Path == path) return file.ConfigGuards(include.Guard);
        return [];
    }

    /// <summary>Follows an object through composite objects to an <c>obj-</c> line; whether that line can build a module.</summary>
    private bool Object(string folder, string name, List<string> config, int depth)
    {
        if (depth > 4) return false;
        foreach (var (target, words) in Lines(folder))
        {
            if (!words.Split(' ').Contains(name)) continue;
            if (target.StartsWith("obj-", StringComparison.Ordinal))
            {
                if (Option(target) is not { } option) return false;
                config.Insert(0, option);
                return IsTristate(option);
            }

            var dash = target.LastIndexOf('-');
            if (dash < 0) continue;
            if (Option(target) is { } own) config.Insert(0, own);
            return Object(folder, target[..target.IndexOf('-', target.EndsWith("objs", StringComparison.Ordinal) ? target.Length - 5 : dash)] + ".o", config, depth + 1);
        }

        return false;
    }

    /// <summary><c>obj-$(CONFIG_X)</c> → <c>CONFIG_X</c>.</summary>
    private static string? Option(string target)
    {
        var start = target.IndexOf("CONFIG_", StringComparison.Ordinal);
        if (start < 0) return null;
        var end = start;
        while (end < target.Length && (char.IsAsciiLetterOrDigit(target[end]) || target[end] == '_')) end++;
        return target[start..end];
    }

    /// <summary>The <c>name := words</c> and <c>name += words</c> of a folder's Makefile, continued lines joined.</summary>
    private List<(string Target, string Words)> Lines(string folder)
    {
        if (makefiles.TryGetValue(folder, out var lines)) return lines;
        lines = [];
        var text = tree.Text(folder.Length == 0 ? "Kbuild" : $"{folder}/Makefile") ?? tree.Text($"{folder}/Kbuild") ?? "";
        foreach (var line in text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            var code = line.Split('#')[0].Replace('\t', ' ');
            var at = code.IndexOf("=", StringComparison.Ordinal);
            if (at <= 0) continue;
            lines.Add((code[..at].TrimEnd(':', '+', '?', ' ').Trim(), string.Join(' ', code[(at + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        }

        return makefiles[folder] = lines;
    }

    private bool IsTristate(string option)
    {
        _tristates ??= ReadTristates();
        return _tristates.Contains(option);
    }

    private HashSet<string> ReadTristates()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in new[] { "net", "fs", "kernel", "drivers", "crypto", "mm", "io_uring" }.SelectMany(f => tree.FilesUnder(f, "Kconfig*")))
        {
            var option = "";
            foreach (var line in (tree.Text(path) ?? "").Split('\n'))
            {
                if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["config" or "menuconfig", var name, ..] && !char.IsWhiteSpace(line[0])) option = "CONFIG_" + name.Trim();
                else if (line.TrimStart().StartsWith("tristate", StringComparison.Ordinal) && option.Length > 0) found.Add(option);
            }
        }

        return found;
    }
}
