using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace KfuncLsp.Frontend.Headers;

/// <summary>Our own additions to old libbpf headers: an include directory whose <c>bpf/bpf_helpers.h</c> reads the user's and then adds what it lacks.</summary>
/// <remarks>It stands first in the include path. A header that stands beside the file and is included by quotes is not shadowed.</remarks>
public static class CompatHeaders
{
    private const string Prefix = "compat/";

    private static readonly Lazy<(string Name, ImmutableArray<(string Name, byte[] Content)> Files)> s_files = new(Files);

    /// <summary>Directories whose content this process has seen to be right.</summary>
    private static readonly ConcurrentDictionary<string, bool> s_checked = new(StringComparer.Ordinal);

    /// <summary>The headers that are shadowed, as programs include them.</summary>
    public static ImmutableArray<string> Shadowed { get; } = ["bpf/bpf_helpers.h", "bpf/bpf_tracing.h", "bpf/bpf_core_read.h"];

    /// <summary>The names that the additions define.</summary>
    public static ImmutableHashSet<string> Provided { get; } =
    [
        "bpf_for", "bpf_for_each", "bpf_repeat", "bpf_ksym_exists", "__kptr_untrusted", "BPF_UPROBE", "BPF_URETPROBE", "__percpu_kptr",
        "__arg_ctx", "__arg_nonnull", "__arg_nullable", "__arg_trusted", "__arg_untrusted", "__arg_arena", "bpf_core_cast", "__uptr", "__bpf_fastcall",
    ];

    /// <summary>The directory to look into last: headers that an incomplete installation of libclang or libc lacks.</summary>
    public static string LastResort(string directory) => Path.Combine(directory, "after");

    /// <summary>The directory, written where it is not there yet.</summary>
    /// <remarks>Errors: null and a sentence where the cache cannot be written.</remarks>
    public static (string? Directory, string? Problem) Materialize(HostEnvironment host)
    {
        var (name, files) = s_files.Value;
        var root = Path.Combine(host.CacheDirectory, "headers", name);
        if (s_checked.ContainsKey(root) && Directory.Exists(root)) return (root, null);
        try
        {
            foreach (var (file, content) in files)
            {
                var path = Path.Combine(root, file);
                if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content)) continue;
                CacheFiles.MakeDirectory(Path.GetDirectoryName(path)!);
                CacheFiles.Write(path, stream => stream.Write(content));
            }

            s_checked[root] = true;
            return (root, null);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return (null, $"the additions to libbpf's headers cannot be written to {root}: {failed.Message}");
        }
    }

    /// <summary>The files, and a name for all of them made of their content, by FNV-1a: it need only tell our own versions apart.</summary>
    private static (string, ImmutableArray<(string Name, byte[] Content)>) Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var hash = 0xcbf29ce484222325;
        var files = ImmutableArray.CreateBuilder<(string, byte[])>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            foreach (var value in content) hash = (hash ^ value) * 0x100000001b3;
            files.Add((name[Prefix.Length..].Replace('\\', '/'), content));
        }

        return ($"{hash:x16}", files.ToImmutable());
    }
}
