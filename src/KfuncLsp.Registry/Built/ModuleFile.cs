using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Registry.Built;

/// <summary>A kernel module's kfuncs, out of its file: an ELF <c>.ko</c>, or its BTF alone, which has no flags.</summary>
public sealed record ModuleFile(string Path, KernelBtf Btf, ImmutableArray<IdSet> Sets)
{
    private const int Magic = 0xeb9f;

    /// <summary>Its kfuncs by name: those of its sets, and those that its BTF tags.</summary>
    public ImmutableArray<BtfFunction> Kfuncs { get; } =
        [.. Sets.SelectMany(s => s.Entries).Select(e => e.Function).Concat(Btf.Kfuncs.Values).DistinctBy(f => f.Name).OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>Whether a file is a module's, as far as it says so itself; a module's BTF alone does not.</summary>
    public static bool Is(byte[] bytes) => ElfFile.Starts(bytes) && ElfFile.Parse(bytes).File?.Section(".modinfo") is not null;

    /// <summary>The program that unpacks a module which distributions have packed; null for what is not packed.</summary>
    public static string? PackedWith(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xfd, 0x37, 0x7a, 0x58, 0x5a]) ? "xz" : bytes.StartsWith<byte>([0x28, 0xb5, 0x2f, 0xfd]) ? "zstd" : bytes.StartsWith<byte>([0x1f, 0x8b]) ? "gzip" : null;

    /// <summary>Whether bytes begin as such a file does.</summary>
    public static bool Starts(ReadOnlySpan<byte> bytes) => ElfFile.Starts(bytes) || (bytes.Length >= 2 && (bytes[0] | (bytes[1] << 8)) == Magic);

    /// <summary>Reads a module on top of a kernel's BTF, which is asked for only where the module does not bring what it needs of it.</summary>
    /// <remarks>Errors: null and the reason, for damage, a module without kfuncs, or one that was built for another kernel than the BTF is of.</remarks>
    public static (ModuleFile? Module, string? Error) Read(string path, byte[] bytes, Func<(KernelBtf? Btf, string? Error)> kernel)
    {
        var (module, error) = Parse(bytes, path, kernel);
        return (module, error is null ? null : $"{path}: {error}");
    }

    private static (ModuleFile? Module, string? Error) Parse(byte[] bytes, string path, Func<(KernelBtf? Btf, string? Error)> kernel)
    {
        ElfFile? elf = null;
        if (ElfFile.Starts(bytes))
        {
            (elf, var damage) = ElfFile.Parse(bytes);
            if (elf is null) return (null, damage);
        }

        var (below, wrong) = elf is null ? (null, null) : KernelBtf.ReadBase(elf);
        if (below is null && wrong is null) (below, wrong) = kernel();
        if (below is null) return (null, wrong);
        var (btf, corrupt) = KernelBtf.Read(bytes, below);
        if (btf is null) return (null, corrupt);
        if (!btf.IsWhole) return (null, Elsewhere());
        ImmutableArray<IdSet> sets = [];
        if (elf?.Section(".BTF_ids") is { Content.Length: > 0 } ids)
        {
            (sets, var cut) = IdSets.In(ids, btf, path);
            if (cut is not null) return (null, cut);
        }

        if (sets.Any(s => s.IsMarked)) sets = [.. sets.Where(s => s.IsMarked)];
        var module = new ModuleFile(path, btf, sets);
        return module.Kfuncs.IsEmpty ? (null, "names no kfunc") : module.Kfuncs.Any(IsTorn) ? (null, Elsewhere()) : (module, null);

        string Elsewhere() => $"does not stand on this kernel's BTF{(VersionMagic(elf) is { } release ? $": it was built for {release}" : "")}";
    }

    /// <summary>A type that ends nowhere: what is below has other types than the module was built on.</summary>
    private static bool IsTorn(BtfFunction function) =>
        function.Returns.Contains('?', StringComparison.Ordinal) || function.Name.Length == 0 || function.Parameters.Any(p => p.Type.Contains('?', StringComparison.Ordinal));

    /// <summary>The release that a module says it was built for.</summary>
    private static string? VersionMagic(ElfFile? elf)
    {
        if (elf?.Section(".modinfo") is not { } section) return null;
        foreach (var line in Encoding.ASCII.GetString(section.Content.Span).Split('\0'))
            if (line.StartsWith("vermagic=", StringComparison.Ordinal)) return line["vermagic=".Length..].Split(' ')[0];
        return null;
    }
}
