using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;

namespace KfuncLsp.Frontend.Headers;

/// <summary>Our own additions to old libbpf headers: an include directory whose <c>bpf/bpf_helpers.h</c> reads the user's and then adds what it lacks.</summary>
/// <remarks>It stands first in the include path. A header that stands beside the file and is included by quotes is not shadowed.</remarks>
public static class CompatHeaders
{
    private const string Prefix = "compat/";

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
        var files = Files();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, content) in files) hash.AppendData(content);
        var root = Path.Combine(host.CacheDirectory, "headers", Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);
        try
        {
            foreach (var (name, content) in files)
            {
                var path = Path.Combine(root, name);
                if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content)) continue;
                CacheFiles.MakeDirectory(Path.GetDirectoryName(path)!);
                CacheFiles.Write(path, stream => stream.Write(content));
            }

            return (root, null);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return (null, $"the additions to libbpf's headers cannot be written to {root}: {failed.Message}");
        }
    }

    private static ImmutableArray<(string Name, byte[] Content)> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                return (name[Prefix.Length..].Replace('\\', '/'), content);
            }),
        ];
    }
}
