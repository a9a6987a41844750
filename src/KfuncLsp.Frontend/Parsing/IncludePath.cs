using System.Collections.Immutable;
using KfuncLsp.Frontend.Headers;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Where headers are looked for: what the arguments say, and where a header that they miss may be.</summary>
internal static class IncludePath
{
    private static readonly string[] s_flags = ["-iquote", "-I", "-isystem", "-idirafter"];

    /// <summary>The directories of clang's arguments in clang's order, then the system's.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<string> arguments, HostEnvironment host)
    {
        var byFlag = s_flags.Select(_ => new List<string>()).ToArray();
        for (var i = 0; i < arguments.Length; i++)
        {
            for (var f = 0; f < s_flags.Length; f++)
            {
                if (arguments[i] == s_flags[f] && i + 1 < arguments.Length) byFlag[f].Add(arguments[++i]);
                else if (arguments[i].StartsWith(s_flags[f], StringComparison.Ordinal)) byFlag[f].Add(arguments[i][s_flags[f].Length..]);
                else continue;
                break;
            }
        }

        var system = arguments.Contains("-nostdinc") || arguments.Contains("-nostdlibinc") ? [] : host.SystemIncludes;
        return [.. byFlag[0], .. byFlag[1], .. byFlag[2], .. system, .. byFlag[3]];
    }

    /// <summary>A directory that holds a header which the include path misses; null where none is found.</summary>
    /// <remarks>Looked for beside the file, in the usual places of its parents within the project, then where kernels and distributions put it.</remarks>
    public static string? Search(string name, string file, HostEnvironment host)
    {
        foreach (var parent in Ancestors.InProject(file))
        {
            foreach (var place in ProjectPlaces(host.TargetArch))
            {
                var directory = Path.Combine(parent, place);
                if (Holds(directory, name)) return directory;
            }
        }

        return SystemPlaces(host).FirstOrDefault(d => Holds(d, name));
    }

    private static string[] ProjectPlaces(string arch) =>
    [
        "", "include", "vmlinux", $"vmlinux/{arch}", $"include/{arch}", $"vmlinux.h/include/{arch}", "headers", "bpf", "src", "src/bpf", ".output", "build",
        "libbpf/include", "third_party/libbpf/include",
    ];

    private static IEnumerable<string> SystemPlaces(HostEnvironment host)
    {
        foreach (var directory in host.SystemIncludes)
        {
            yield return directory;
            yield return Path.Combine(directory, host.Multiarch);
            yield return Path.Combine(directory, "bpf");
        }

        if (host.RunningRelease is not { } release) yield break;
        yield return $"/usr/src/kernels/{release}";
        yield return $"/usr/src/linux-headers-{release}";
        yield return $"/lib/modules/{release}/build";
    }

    private static bool Holds(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        if (!File.Exists(path)) return false;

        // A libbpf source tree that was never built lacks the generated part, without which its headers are of no use.
        return Path.GetFileName(name) != "bpf_helpers.h" || File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "bpf_helper_defs.h"));
    }
}
