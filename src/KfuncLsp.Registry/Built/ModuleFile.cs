using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Registry.Built;

/// <summary>A kernel module's kfuncs, out of its file: an ELF <c>.ko</c>, or its BTF alone, which has no flags.</summary>
public sealed record ModuleFile(string Path, KernelBtf Btf, ImmutableArray<IdSet> Sets)
{
    private const int Magic = 0xeb9f;

    /// <summary>Whether bytes begin as such a file does.</summary>
    public static bool Starts(ReadOnlySpan<byte> bytes) => ElfFile.Starts(bytes) || (bytes.Length >= 2 && (bytes[0] | (bytes[1] << 8)) == Magic);

    /// <summary>Reads a module on top of a kernel's BTF, which is asked for only where the module does not bring what it needs of it.</summary>
    /// <remarks>Errors: null and the reason, for damage, a module without kfuncs, or one that was built for another kernel than the BTF is of.</remarks>
    public static (ModuleFile? Module, string? Error) Read(string path, byte[] bytes, Func<(KernelBtf? Btf, string? Error)> kernel)
    {
        var (module, error) = Read(bytes, path, kernel);
        return (module, error is null ? null : $"{path}: {error}");
    }

    private static (ModuleFile? Module, string? Error) Read(byte[] bytes, string path, Func<(KernelBtf? Btf, string? Error)> kernel)
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
        ImmutableArray<IdSet> sets = [];
        if (elf?.Section(".BTF_ids") is { Content.Length: > 0 } ids)
        {
            (sets, var cut) = IdSets.In(ids, btf, path);
            if (cut is not null) return (null, cut);
        }

        if (sets.Any(s => s.IsMarked)) sets = [.. sets.Where(s => s.IsMarked)];
        var functions = sets.SelectMany(s => s.Entries).Select(e => e.Function).Concat(btf.Kfuncs.Values).ToList();
        if (functions.Count == 0) return (null, "names no kfunc");
        return functions.Exists(IsTorn) ? (null, $"does not stand on this kernel's BTF{(VersionMagic(elf) is { } release ? $": it was built for {release}" : "")}") : (new(path, btf, sets), null);
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
