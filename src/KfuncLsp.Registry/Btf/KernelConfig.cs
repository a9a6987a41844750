using System.Collections.Frozen;
using System.IO.Compression;

namespace KfuncLsp.Registry.Btf;

/// <summary>The CONFIG options that a kernel was built with.</summary>
public sealed class KernelConfig
{
    private readonly FrozenSet<string> _on;

    private KernelConfig(FrozenSet<string> on) => _on = on;

    /// <summary>Whether an option is <c>y</c> or <c>m</c>.</summary>
    public bool Has(string option) => _on.Contains(option);

    /// <summary>The options of a condition that the kernel lacks: of <c>CONFIG_A &amp;&amp; !CONFIG_B</c> those that make it false, empty where it holds.</summary>
    /// <remarks>Shape: facts write alternatives with <c>||</c>; one that holds is enough.</remarks>
    public IReadOnlyList<string> Missing(string condition)
    {
        var lacking = new List<string>();
        foreach (var alternative in condition.Split("||", StringSplitOptions.TrimEntries))
        {
            var here = alternative.Split("&&", StringSplitOptions.TrimEntries).Select(t => t.Trim('(', ')', ' ')).Where(t => !Holds(t)).ToList();
            if (here.Count == 0) return [];
            lacking.AddRange(here);
        }

        return lacking;
    }

    /// <summary>Reads <c>/boot/config-…</c> or <c>/proc/config.gz</c>; null where there is no such file or it holds no options.</summary>
    public static KernelConfig? Read(string path)
    {
        try
        {
            // What /proc shows has no length; what else has none is a pipe or a device that a project brought.
            if ((path.StartsWith("/proc/", StringComparison.Ordinal) ? File.ReadAllBytes(path) : NamedFile.Read(path).Bytes) is not { } bytes) return null;
            using var file = new MemoryStream(bytes);
            using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Parse(new StreamReader(text).ReadToEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Read"/>
    public static KernelConfig? Parse(string text)
    {
        var on = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
            if (line.StartsWith("CONFIG_") && line.IndexOf('=') is var at and > 0 && line[(at + 1)..] is not "n") on.Add(line[..at].ToString());
        return on.Count == 0 ? null : new(on.ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>A term that names no option is taken to hold.</summary>
    private bool Holds(string term) =>
        term.StartsWith("!CONFIG_", StringComparison.Ordinal) ? !Has(term[1..])
        : !term.StartsWith("CONFIG_", StringComparison.Ordinal) || Has(term);
}
