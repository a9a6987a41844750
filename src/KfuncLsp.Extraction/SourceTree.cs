using System.Text;
using KfuncLsp.Extraction.CSource;

namespace KfuncLsp.Extraction;

/// <summary>A kernel source tree: its release, and its files by need.</summary>
public sealed class SourceTree
{
    private static readonly string[] Roots = ["kernel", "net", "fs", "mm", "drivers", "io_uring", "security", "crypto", "lib", "block", "ipc", "include", "tools/testing/selftests/bpf", "arch", "sound", "virt", "init"];

    private static readonly string[] CommonWords = ["BTF_KFUNCS_START", "BTF_SET8_START", "register_btf_kfunc_id_set", "__bpf_kfunc", "struct bpf_struct_ops ", "struct bpf_func_proto", "return &bpf_", "struct bpf_iter_reg ", "__bpf_md_ptr(", "__rcu"];

    private List<(string Path, HashSet<string> Words)>? common;
    private readonly Dictionary<string, CFile?> _files = new(StringComparer.Ordinal);
    private readonly string _root;

    private SourceTree(string root, string release)
    {
        _root = root;
        Release = release;
    }

    /// <summary>Such as <c>6.12.117</c>.</summary>
    public string Release { get; }

    /// <summary>Opens a tree.</summary>
    /// <remarks>Errors: no tree and the reason, where the directory holds no kernel of 6.1 or later.</remarks>
    public static (SourceTree? Tree, string? Error) Open(string directory)
    {
        if (!Directory.Exists(directory)) return (null, $"{directory}: no such directory");
        var makefile = Path.Combine(directory, "Makefile");
        if (!File.Exists(makefile) || !File.Exists(Path.Combine(directory, "kernel/bpf/verifier.c")))
            return (null, $"{directory}: not a kernel source tree (no Makefile or no kernel/bpf/verifier.c)");
        string? Number(string name) => File.ReadLines(makefile).Take(20).Select(l => l.Split('=', 2)).Where(p => p.Length == 2 && p[0].Trim() == name).Select(p => p[1].Trim()).FirstOrDefault();
        if (Number("VERSION") is not { Length: > 0 } version || Number("PATCHLEVEL") is not { Length: > 0 } level)
            return (null, $"{directory}: its Makefile has no VERSION and PATCHLEVEL");
        return (new(directory, Number("SUBLEVEL") is { Length: > 0 } sub ? $"{version}.{level}.{sub}" : $"{version}.{level}"), null);
    }

    /// <summary>A file in tokens; null where the tree has none of that path.</summary>
    public CFile? Read(string path)
    {
        if (_files.TryGetValue(path, out var known)) return known;
        var full = Path.Combine(_root, path);
        var file = File.Exists(full) ? CTokenizer.Read(path, File.ReadAllText(full)) : null;
        _files[path] = file;
        return file;
    }

    /// <summary>A file's text; null where the tree has none of that path.</summary>
    public string? Text(string path) => File.Exists(Path.Combine(_root, path)) ? File.ReadAllText(Path.Combine(_root, path)) : null;

    /// <summary>The <c>.c</c> and <c>.h</c> files that contain any of some words, sorted. The words that the extraction asks for are looked up in one pass.</summary>
    public IReadOnlyList<string> Mentioning(params string[] words)
    {
        common ??= Scan([.. CommonWords.Select(Encoding.UTF8.GetBytes)]);
        return words.All(CommonWords.Contains)
            ? [.. common.Where(f => words.Any(f.Words.Contains)).Select(f => f.Path)]
            : [.. Scan([.. words.Select(Encoding.UTF8.GetBytes)]).Select(f => f.Path)];
    }

    /// <summary>One pass over the tree for some words.</summary>
    private List<(string Path, HashSet<string> Words)> Scan(byte[][] needles)
    {
        var found = new List<(string, HashSet<string>)>();
        foreach (var path in AllFiles())
        {
            var bytes = File.ReadAllBytes(Path.Combine(_root, path)).AsSpan();
            HashSet<string>? words = null;
            foreach (var needle in needles)
                if (bytes.IndexOf(needle) >= 0) (words ??= new(StringComparer.Ordinal)).Add(Encoding.UTF8.GetString(needle));
            if (words is not null) found.Add((path, words));
        }

        return found;
    }

    /// <summary>Files of some folder, sorted, relative to the tree.</summary>
    public IEnumerable<string> FilesUnder(string folder, string pattern)
    {
        var full = Path.Combine(_root, folder);
        if (!Directory.Exists(full)) return [];
        return Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_root, f).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    /// <summary>Files right in a folder, sorted, relative to the tree.</summary>
    public IEnumerable<string> FilesIn(string folder, string pattern)
    {
        var full = Path.Combine(_root, folder);
        return Directory.Exists(full) ? Directory.EnumerateFiles(full, pattern).Select(f => $"{folder}/{Path.GetFileName(f)}").Order(StringComparer.Ordinal) : [];
    }

    private readonly Dictionary<string, CMacro?> _macros = new(StringComparer.Ordinal);

    /// <summary>The definition of a macro in the kernel's headers; null where they have none.</summary>
    public CMacro? Macro(string name)
    {
        if (_macros.TryGetValue(name, out var known)) return known;
        var headers = FilesUnder("include/linux", "*.h").Concat(FilesUnder("include/net", "*.h"));
        var found = headers.Where(h => File.ReadAllText(Path.Combine(_root, h)).Contains(name, StringComparison.Ordinal)).Select(h => Read(h)?.Macros.FirstOrDefault(m => m.Name == name)).FirstOrDefault(m => m is not null);
        return _macros[name] = found;
    }

    /// <summary>The definition of a macro in a header beside a file, else in the kernel's headers.</summary>
    public CMacro? MacroNear(CFile file, string name)
    {
        var folder = Path.GetDirectoryName(file.Path)!.Replace('\\', '/');
        foreach (var header in Directory.EnumerateFiles(Path.Combine(_root, folder), "*.h").Order(StringComparer.Ordinal))
            if (Read($"{folder}/{Path.GetFileName(header)}")?.Macros.LastOrDefault(m => m.Name == name) is { } macro) return macro;
        return Macro(name);
    }

    private List<string>? _allFiles;

    private List<string> AllFiles() => _allFiles ??= [.. Roots.SelectMany(r => FilesUnder(r, "*.c").Concat(FilesUnder(r, "*.h"))).Distinct().Order(StringComparer.Ordinal)];
}
