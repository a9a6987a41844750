using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Images;

/// <summary>A kernel image to read; what is not named is looked for where distributions put it.</summary>
public sealed record ImageSource(string File)
{
    /// <summary>The folder of its modules.</summary>
    public string? Modules { get; init; }

    /// <summary>The file of its CONFIG options.</summary>
    public string? Config { get; init; }
}

/// <summary>All that a built kernel says of kfuncs by itself.</summary>
public sealed record ImageReading(KernelImage Image, ImmutableArray<IdSet> Sets, KernelConfig? Config)
{
    public const string Vmlinux = "vmlinux";

    /// <summary>Whether its modules were at hand.</summary>
    public bool HasModules { get; init; }

    public KernelVersion Version => KernelVersion.Parse(Image.Release)!.Value;

    /// <summary>Whether the kernel may have a kfunc that was not seen in it: its module, or the options that it hangs on, were not at hand.</summary>
    public bool MayHide(KfuncFact kfunc) => (Config is null && !kfunc.Config.IsEmpty) || (kfunc.Module && !HasModules);

    /// <summary>Reads an image and its modules.</summary>
    /// <remarks>Errors: null and the reasons. A module that cannot be read is an issue, not an error.</remarks>
    public static (ImageReading? Reading, ImmutableArray<string> Issues) Read(ImageSource source)
    {
        var (image, error) = KernelImage.Open(source.File);
        if (image is null) return (null, [error!]);
        var (sets, cut) = IdSets.In(image.Elf.Section(".BTF_ids")!, image.Btf, Vmlinux);
        if (cut is not null) return (null, [$"{source.File}: {cut}"]);
        if (sets.IsEmpty) return (null, [$"{source.File}: its .BTF_ids section holds no kfunc set"]);
        var issues = ImmutableArray.CreateBuilder<string>();
        var places = new ImagePlaces(source.File, image.Release);
        var modulesFolder = source.Modules ?? places.Modules;
        if (modulesFolder is null) issues.Add($"{source.File}: no modules beside it, so kfuncs of modules are those of the nearest source; name their folder");
        else if (!Directory.Exists(modulesFolder)) return (null, [$"{modulesFolder}: no such directory"]);
        else
        {
            var (modules, unread) = ModuleSets.Under(modulesFolder, image.Btf);
            sets = sets.AddRange(modules);
            issues.AddRange(unread);
        }

        // From the release on that marks its kfunc sets, what is not marked is something else.
        if (sets.Any(s => s.IsMarked)) sets = [.. sets.Where(s => s.IsMarked)];
        var config = (source.Config ?? places.Config) is { } options ? KernelConfig.Read(options) : null;
        if (config is null) issues.Add($"{source.File}: no CONFIG options found, so what it lacks is not explained");
        return (new(image, sets, config) { HasModules = modulesFolder is not null }, issues.ToImmutable());
    }
}

/// <summary>Where distributions put what belongs to an image: <c>/boot</c> and <c>/lib/modules</c>, or all in one folder.</summary>
internal sealed class ImagePlaces(string file, string release)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(file))!;

    public string? Modules => First(Directory.Exists, Path.Combine(_folder, "kernel"), Path.Combine(_folder, "../lib/modules", release), Path.Combine(_folder, "../usr/lib/modules", release));

    public string? Config => First(File.Exists, Path.Combine(_folder, $"config-{release}"), Path.Combine(_folder, "config"), Path.Combine(_folder, ".config"));

    private static string? First(Func<string, bool> exists, params string[] places) => places.FirstOrDefault(exists);
}
