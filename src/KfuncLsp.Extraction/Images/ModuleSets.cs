using System.Collections.Concurrent;
using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Extraction.Images;

/// <summary>The id sets of a kernel's modules, packed or not; a module's BTF stands on the kernel's.</summary>
public static class ModuleSets
{
    /// <summary>Reads every module under a folder, in parallel; the answer is in the order of their paths.</summary>
    /// <remarks>Errors: a module that cannot be read is named, with the reason; one that has no id sets says nothing.</remarks>
    public static (ImmutableArray<IdSet> Sets, ImmutableArray<string> Issues) Under(string folder, KernelBtf kernel)
    {
        var paths = Directory.EnumerateFiles(folder, "*.ko*", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal).ToArray();
        var read = new ConcurrentDictionary<string, (ImmutableArray<IdSet> Sets, string? Error)>(StringComparer.Ordinal);
        Parallel.ForEach(paths, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, path => read[path] = Module(path, kernel));
        return ([.. paths.SelectMany(p => read[p].Sets)], [.. paths.Select(p => read[p].Error).OfType<string>()]);
    }

    private static (ImmutableArray<IdSet> Sets, string? Error) Module(string path, KernelBtf kernel)
    {
        var (bytes, unread) = NamedFile.Read(path);
        if (bytes is null) return ([], unread);
        if (!ElfFile.Starts(bytes))
        {
            var (content, packing) = Compression.Expand(bytes);
            if (content is null) return ([], $"{path}: {packing}");
            bytes = content;
        }

        var (elf, damage) = ElfFile.Parse(bytes);
        if (elf is null) return ([], $"{path}: {damage}");
        if (elf.Section(".BTF_ids") is not { Content.Length: > 0 } ids || elf.Section(".BTF") is null) return ([], null);
        var (btf, corrupt) = KernelBtf.Read(bytes, kernel);
        if (btf is null) return ([], $"{path}: {corrupt}");
        var (sets, cut) = IdSets.In(ids, btf, Name(path));
        return (sets, cut is null ? null : $"{path}: {cut}");
    }

    /// <summary><c>nf_conntrack.ko.xz</c> → <c>nf_conntrack</c>, with the dashes that file names have as the kernel has them.</summary>
    private static string Name(string path)
    {
        var file = Path.GetFileName(path);
        return file[..file.IndexOf(".ko", StringComparison.Ordinal)].Replace('-', '_');
    }
}
