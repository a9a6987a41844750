using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace KfuncLsp.Frontend.Headers;

/// <summary>What of this machine decides how a file is parsed and for which kernel. A value, so that tests can state another machine.</summary>
public sealed record HostEnvironment
{
    /// <summary>The machine that this process runs on, looked at once.</summary>
    public static HostEnvironment Current => s_current.Value;

    private static readonly Lazy<HostEnvironment> s_current = new(Look);

    /// <summary>The architecture as libbpf spells it in <c>__TARGET_ARCH_…</c>: <c>x86</c>, <c>arm64</c>, <c>s390</c> …</summary>
    public required string TargetArch { get; init; }

    /// <summary>The multiarch directory's name, such as <c>x86_64-linux-gnu</c>.</summary>
    public required string Multiarch { get; init; }

    /// <summary>The directories that hold system headers, in order.</summary>
    public ImmutableArray<string> SystemIncludes { get; init; } = ["/usr/local/include", "/usr/include"];

    /// <summary>Where tools such as bpftool are looked for: <c>PATH</c>, and the administrator's directories that a user's <c>PATH</c> may lack.</summary>
    public ImmutableArray<string> ToolDirectories { get; init; } = [];

    /// <summary>The BTF of the running kernel; null where it has none.</summary>
    public string? RunningBtf { get; init; }

    /// <summary>The running kernel's release, such as <c>6.12.94+deb13-amd64</c>; null where it is not Linux.</summary>
    public string? RunningRelease { get; init; }

    /// <summary>The per-user cache of this program.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>The full path of a tool, or null.</summary>
    public string? FindTool(string name)
    {
        foreach (var directory in ToolDirectories)
        {
            var path = Path.Combine(directory, name);
            if (File.Exists(path)) return path;
        }

        return null;
    }

    private static HostEnvironment Look()
    {
        var (arch, multiarch) = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => ("x86", "x86_64-linux-gnu"),
            Architecture.X86 => ("x86", "i386-linux-gnu"),
            Architecture.Arm64 => ("arm64", "aarch64-linux-gnu"),
            Architecture.Arm or Architecture.Armv6 => ("arm", "arm-linux-gnueabihf"),
            Architecture.S390x => ("s390", "s390x-linux-gnu"),
            Architecture.Ppc64le => ("powerpc", "powerpc64le-linux-gnu"),
            Architecture.RiscV64 => ("riscv", "riscv64-linux-gnu"),
            Architecture.LoongArch64 => ("loongarch", "loongarch64-linux-gnu"),
            _ => ("x86", "x86_64-linux-gnu"),
        };

        const string btf = "/sys/kernel/btf/vmlinux";
        const string release = "/proc/sys/kernel/osrelease";
        return new HostEnvironment
        {
            TargetArch = arch,
            Multiarch = multiarch,
            ToolDirectories = [.. DirectoriesOf(Environment.GetEnvironmentVariable("PATH")), "/usr/local/sbin", "/usr/sbin", "/sbin"],
            RunningBtf = File.Exists(btf) ? btf : null,
            RunningRelease = File.Exists(release) ? File.ReadAllText(release).Trim() : null,
            CacheDirectory = Path.Combine(CacheRoot(), "kfunc-lsp"),
        };
    }

    /// <summary>The directories of a <c>PATH</c>, without those that are relative: a program beside the sources is never run.</summary>
    internal static IEnumerable<string> DirectoriesOf(string? path) => (path ?? "").Split(Path.PathSeparator).Where(Path.IsPathRooted);

    private static string CacheRoot()
    {
        var xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!string.IsNullOrEmpty(xdg) && Path.IsPathRooted(xdg)) return xdg;
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? Path.Combine(home, ".cache") : Path.Combine(Path.GetTempPath(), $"kfunc-lsp-{Environment.UserName}");
    }
}
