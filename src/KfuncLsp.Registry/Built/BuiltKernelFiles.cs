using System.Collections.Immutable;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Registry.Built;

/// <summary>What a built kernel shows of itself: its BTF, that of the modules that are loaded, and its options.</summary>
public sealed record BuiltKernelFiles(string Name, KernelBtf Kernel, ImmutableArray<KernelBtf> Modules)
{
    private const string Vmlinux = "vmlinux";

    public KernelConfig? Config { get; init; }

    public IEnumerable<KernelBtf> All => Modules.Prepend(Kernel);

    /// <summary>Reads a kernel's BTF; where it lies among those of modules, as in <c>/sys/kernel/btf</c>, theirs too.</summary>
    /// <remarks>Errors: null and the reason, where the kernel's own cannot be read. A module that is unloaded meanwhile is passed over.</remarks>
    public static (BuiltKernelFiles? Files, string? Error) Read(string path, string release)
    {
        var (kernel, error) = KernelBtf.Read(path);
        if (kernel is null) return (null, error);
        var modules = ModulesBeside(path).Select(p => KernelBtf.Read(p, kernel).Btf).OfType<KernelBtf>();
        return (new(release, kernel, [.. modules]) { Config = ConfigPlaces(path, release).Select(KernelConfig.Read).FirstOrDefault(c => c is not null) }, null);
    }

    /// <summary>The modules' BTF beside a kernel's; none for a file that lies elsewhere.</summary>
    public static IEnumerable<string> ModulesBeside(string path) =>
        Path.GetFileName(path) == Vmlinux && Path.GetDirectoryName(path) is "/sys/kernel/btf"
            ? Directory.EnumerateFiles("/sys/kernel/btf").Where(p => Path.GetFileName(p) != Vmlinux).Order(StringComparer.Ordinal) : [];

    /// <summary>The running kernel tells its options; those of another lie where distributions put them.</summary>
    private static IEnumerable<string> ConfigPlaces(string path, string release)
    {
        if (path.StartsWith("/sys/", StringComparison.Ordinal)) yield return "/proc/config.gz";
        yield return $"/boot/config-{release}";
        yield return $"/lib/modules/{release}/config";
        if (path.StartsWith("/sys/", StringComparison.Ordinal) || Path.GetDirectoryName(path) is not { } folder) yield break;
        yield return Path.Combine(folder, $"config-{release}");
        yield return Path.Combine(folder, "config");
        yield return Path.Combine(folder, ".config");
    }
}
