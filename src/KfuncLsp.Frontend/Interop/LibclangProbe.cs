using System.Diagnostics;
using System.Runtime.InteropServices;
using KfuncLsp.Frontend.Headers;

namespace KfuncLsp.Frontend.Interop;

/// <summary>Where a libclang of version 17 or newer may be, in the order in which they are tried.</summary>
internal static class LibclangProbe
{
    public const string EnvironmentVariable = "KFUNC_LSP_LIBCLANG";
    private const int Oldest = 17, Newest = 23;

    /// <summary>What the user chose, by the setting or the environment; null where the choice is ours.</summary>
    public static string? Choice(string? setting) =>
        !string.IsNullOrEmpty(setting) ? setting
        : Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named ? named : null;

    /// <remarks>A user's choice stands alone: another libclang in its place would go unnoticed.</remarks>
    public static IEnumerable<string> Candidates(string? setting)
    {
        if (Choice(setting) is { } chosen)
        {
            foreach (var path in Chosen(chosen)) yield return path;
            yield break;
        }

        foreach (var path in OperatingSystem.IsWindows() ? Windows() : OperatingSystem.IsMacOS() ? MacOs() : Linux())
            yield return path;
        if (LlvmConfigLibdir() is { } libdir)
            foreach (var path in InDirectory(libdir))
                yield return path;

        // The one that some packages bring: the system's, where there is one, has the resource headers that belong to it.
        foreach (var path in InDirectory(Path.Combine(AppContext.BaseDirectory, "libclang"))) yield return path;
    }

    /// <summary>A user's own choice: the library, or a directory that has it.</summary>
    private static IEnumerable<string> Chosen(string path) => Directory.Exists(path) ? InDirectory(path) : [path];

    private static IEnumerable<string> InDirectory(string directory)
    {
        string[] patterns = OperatingSystem.IsWindows() ? ["libclang.dll"]
            : OperatingSystem.IsMacOS() ? ["libclang.dylib"]
            : ["libclang.so", "libclang.so.*", "libclang-[0-9]*.so*"];
        if (!Directory.Exists(directory)) yield break;
        foreach (var pattern in patterns)
            foreach (var file in Directory.EnumerateFiles(directory, pattern.Replace("[0-9]", "")).Order(StringComparer.Ordinal))
                if (!Path.GetFileName(file).StartsWith("libclang-cpp", StringComparison.Ordinal))
                    yield return file;
    }

    private static IEnumerable<string> Linux()
    {
        for (var version = Newest; version >= Oldest; version--)
        {
            yield return $"/usr/lib/llvm-{version}/lib/libclang.so.1";
            yield return $"/usr/lib/llvm-{version}/lib/libclang-{version}.so.{version}";
            yield return $"/usr/lib/llvm-{version}/lib/libclang.so";
            yield return $"libclang-{version}.so.{version}";
            yield return $"libclang-{version}.so.1";
            yield return $"libclang-{version}.so";
            yield return $"libclang.so.{version}";
            yield return $"/usr/lib64/llvm{version}/lib64/libclang.so.{version}";
            yield return $"/usr/lib/llvm{version}/lib/libclang.so.{version}";
        }
        yield return "libclang.so.1";
        yield return "libclang.so";
    }

    private static IEnumerable<string> MacOs()
    {
        foreach (var prefix in new[] { "/opt/homebrew/opt", "/usr/local/opt" })
        {
            yield return $"{prefix}/llvm/lib/libclang.dylib";
            for (var version = Newest; version >= Oldest; version--) yield return $"{prefix}/llvm@{version}/lib/libclang.dylib";
        }
        yield return "/Library/Developer/CommandLineTools/usr/lib/libclang.dylib";
        yield return "/Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib/libclang.dylib";
        yield return "libclang.dylib";
    }

    private static IEnumerable<string> Windows()
    {
        foreach (var variable in new[] { "ProgramFiles", "ProgramFiles(x86)" })
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } root)
                yield return Path.Combine(root, "LLVM", "bin", "libclang.dll");
        yield return "libclang.dll";
    }

    private static string? LlvmConfigLibdir()
    {
        var names = new List<string>();
        for (var version = Newest; version >= Oldest; version--) names.Add($"llvm-config-{version}");
        names.Add("llvm-config");
        foreach (var name in names)
        {
            var onPath = HostEnvironment.DirectoriesOf(Environment.GetEnvironmentVariable("PATH"))
                .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
            if (onPath is null) continue;
            try
            {
                using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(onPath, "--libdir")
                {
                    RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
                });
                var output = process?.StandardOutput.ReadToEnd().Trim();
                process?.WaitForExit(5_000);
                if (!string.IsNullOrEmpty(output)) return output;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not executable: the next name may be.
            }
        }
        return null;
    }

    /// <summary>"Debian clang version 19.1.7 (3+b1)" → 19.</summary>
    public static int MajorOf(string version)
    {
        var at = version.IndexOf("version ", StringComparison.Ordinal);
        if (at < 0) return 0;
        var digits = version.AsSpan(at + 8);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? digits : digits[..length], out var major) ? major : 0;
    }

    public static string NotFound(string? choice, string? tooOld)
    {
        var install = OperatingSystem.IsMacOS() ? "brew install llvm"
            : OperatingSystem.IsWindows() ? "winget install LLVM.LLVM"
            : "apt install libclang1-19   (Debian, Ubuntu; elsewhere: dnf install clang-libs, pacman -S clang)";
        var found = choice is not null && tooOld is null ? $"{choice}, which was named as libclang, cannot be loaded."
            : tooOld is null ? "libclang 17 or newer was not found." : $"{tooOld} is older than libclang 17.";
        return $"{found} Install it: {install}. Or name the library in {EnvironmentVariable}.";
    }

    /// <summary>The include directory of the headers that belong to this libclang (<c>stddef.h</c> …), or null.</summary>
    public static string? ResourceDirectory(Libclang library)
    {
        if (library.Major == 0) return null;
        var roots = new List<string> { $"/usr/lib/llvm-{library.Major}/lib/clang", "/usr/lib/clang", "/usr/lib64/clang" };
        if (Path.GetDirectoryName(library.Path) is { Length: > 0 } directory)
        {
            roots.Insert(0, Path.Combine(directory, "clang"));
            roots.Insert(1, Path.Combine(directory, "..", "lib", "clang"));
        }
        foreach (var root in roots)
        {
            var exact = Path.Combine(root, library.Major.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (File.Exists(Path.Combine(exact, "include", "stddef.h"))) return Path.GetFullPath(exact);
        }
        return null;
    }
}
