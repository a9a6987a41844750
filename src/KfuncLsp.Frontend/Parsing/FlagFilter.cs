using System.Collections.Immutable;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Makes a compiler's arguments safe and right for parsing: what writes files, loads code, or clang does not know, goes.</summary>
internal static class FlagFilter
{
    /// <summary>Arguments to keep, and what was dropped that a person may want to know of.</summary>
    internal sealed record Result(ImmutableArray<string> Arguments, ImmutableArray<string> Dropped);

    /// <summary>Dropped without a word: every compile command has them, and parsing needs none.</summary>
    private static readonly HashSet<string> s_expected = new(StringComparer.Ordinal)
    {
        "-c", "-S", "-E", "-fsyntax-only", "-pipe", "-emit-llvm", "-M", "-MM", "-MD", "-MMD", "-MG", "-MP", "-MV", "-v", "-Werror", "-g", "-ggdb",
    };

    /// <summary>Dropped with the argument that follows them; true where that is to be expected and not told.</summary>
    private static readonly Dictionary<string, bool> s_pairs = new(StringComparer.Ordinal)
    {
        ["-o"] = true, ["-MF"] = true, ["-MT"] = true, ["-MQ"] = true, ["-MJ"] = true, ["--serialize-diagnostics"] = true, ["-serialize-diagnostics"] = true,
        ["-dependency-file"] = true, ["-l"] = true, ["-L"] = true,
        ["-load"] = false, ["-plugin"] = false, ["-add-plugin"] = false, ["-mllvm"] = false, ["-Xlinker"] = false, ["-Xassembler"] = false,
        ["-Xpreprocessor"] = false, ["-Xanalyzer"] = false, ["-include-pch"] = false, ["-ivfsoverlay"] = false, ["--config"] = false, ["-B"] = false,
        ["--param"] = false, ["-T"] = false, ["-z"] = false, ["-u"] = false, ["-aux-info"] = false, ["-wrapper"] = false, ["-working-directory"] = false,
        ["-main-file-name"] = false, ["-gcc-toolchain"] = false, ["-arch"] = false, ["-Xarch_host"] = false, ["-Xarch_device"] = false,
    };

    /// <summary>Dropped by how they begin, and told: they write, load, run or print something, or change what the arguments mean.</summary>
    private static readonly string[] s_unsafe =
    [
        "@", "-cc1", "-emit-", "--emit", "-save-temps", "--save-temps", "-fplugin", "-fpass-plugin", "-load", "-plugin", "-specs", "--specs", "--config",
        "--driver-mode", "-fmodule", "-fprebuilt-module", "-fpch", "-fcrash-diagnostics", "-gen-reproducer", "-fdump", "-ftime", "-fsave-optimization-record",
        "-foptimization-record", "-fproc-stat-report", "-gsplit-dwarf", "-print-", "--print", "-dump", "-###", "-H", "--version", "--help", "-help", "--analyze", "-analyze",
        "-mllvm=", "-save-stats", "--save-stats", "-ccc-", "-index-", "-extract-api", "--extract-api", "-fsymbol-graph", "--symbol-graph", "-fapinotes", "-ivfsoverlay", "-B",
        "-fixit", "-rewrite-", "-objcmt-", "-arcmt-", "-dependency-dot", "-fdepscan", "-fcas",
        "-fprofile", "-fcs-profile", "-ftest-coverage", "-coverage", "--coverage", "-fopenmp", "-fsanitize", "-fxray", "-fcoverage", "-flto", "-fthinlto",
        "-Wl,", "-Wa,", "-Wp,", "-fuse-ld", "-fintegrated-cc1", "-fno-integrated-cc1", "-fuse-line-directives", "-working-directory=", "-fdebug-compilation-dir", "-Xclang=",
        "--serialize-diagnostics=", "-fembed-bitcode", "-pedantic-errors", "-fbuild-session", "-via-file-asm",
    ];

    /// <summary>Dropped by how they begin, and told: gcc knows them and clang does not.</summary>
    private static readonly string[] s_gccOnly =
    [
        "-fconserve-stack", "-fvar-tracking", "-fno-var-tracking", "-fipa-", "-fno-ipa-", "-ftree-", "-fno-tree-", "-fgcse", "-fno-gcse", "-freorder-",
        "-fno-reorder-", "-fno-allow-store-data-races", "-fallow-store-data-races", "-fanalyzer", "-fno-code-hoisting", "-fno-inline-functions-called-once",
        "-fno-stack-clash-protection", "-fstack-clash-protection", "-fno-delete-null-pointer-checks-", "-ffat-lto-objects", "-fno-fat-lto-objects",
        "-fmin-function-alignment", "-fdiagnostics-show-", "-fzero-call-used-regs", "-fno-partial-inlining", "-fno-early-inlining", "-fno-schedule-", "-fschedule-",
        "-fharden-", "-fno-printf-return-value", "-fno-aggressive-loop-optimizations", "-fmerge-", "-fno-merge-", "-fno-crossjumping", "-fno-dse", "-fno-toplevel-reorder",
        "-fno-guess-branch-probability", "-fno-isolate-erroneous", "-fcf-protection", "-fpatchable-function-entry", "-fira-", "-fno-ira-", "-flive-patching", "-gno-", "-gas-loc-support", "-gtoggle", "-gbtf",
        "-fno-optimize-sibling-calls-", "--param=", "-mfunction-return", "-mindirect-branch",
    ];

    /// <summary>Flags whose value is a path, which may stand in the flag itself or follow it.</summary>
    private static readonly string[] s_paths =
    [
        "-isystem", "-iquote", "-idirafter", "-iwithprefixbefore", "-iwithprefix", "-iprefix", "-isysroot", "-include", "-imacros", "--sysroot=", "--sysroot", "-cxx-isystem", "-I", "-F",
    ];

    /// <summary>Filters the arguments that follow the compiler's name; relative paths are taken from <paramref name="directory"/>.</summary>
    /// <remarks>The file that is compiled, and every other input, is dropped: who parses names the file.</remarks>
    public static Result Apply(IReadOnlyList<string> arguments, string directory, bool isBpf)
    {
        var kept = ImmutableArray.CreateBuilder<string>();
        var dropped = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var flag = arguments[i];
            var next = i + 1 < arguments.Count ? arguments[i + 1] : null;
            if (flag == "--") break;
            if (flag.Contains('\0')) continue;
            if (s_expected.Contains(flag) || flag.StartsWith("-Werror=", StringComparison.Ordinal)) continue;

            if (flag is "-Xclang")
            {
                i++;
                if (next == "-target-feature" && i + 2 < arguments.Count && arguments[i + 1] == "-Xclang")
                {
                    kept.AddRange("-Xclang", next, "-Xclang", arguments[i + 2]);
                    i += 2;
                }
                else
                {
                    dropped.Add($"-Xclang {next}");
                }
            }
            else if (flag.StartsWith("-X", StringComparison.Ordinal))
            {
                // A word for another tool, or for one of several targets.
                dropped.Add($"{flag} {next}");
                i++;
            }
            else if (s_pairs.TryGetValue(flag, out var isExpected))
            {
                if (!isExpected) dropped.Add($"{flag} {next}");
                i++;
            }
            else if (IsExpectedJoined(flag))
            {
                // An output or dependency file, or a library, in one word with its flag.
            }
            else if (s_unsafe.Any(p => flag.StartsWith(p, StringComparison.Ordinal)) || s_gccOnly.Any(p => flag.StartsWith(p, StringComparison.Ordinal))
                || (isBpf && IsMachineFlag(flag)))
            {
                dropped.Add(flag);
            }
            else if (PathFlag(flag) is { } pathFlag)
            {
                if (flag.Length > pathFlag.Length)
                {
                    kept.Add(pathFlag + Absolute(flag[pathFlag.Length..], directory));
                }
                else if (IsFlag(next))
                {
                    dropped.Add($"{flag} {next}");
                    i++;
                }
                else if (next is not null)
                {
                    kept.AddRange(flag, Absolute(next, directory, isFile: flag is "-include" or "-imacros"));
                    i++;
                }
            }
            else if (flag is "-D" or "-U" or "-x" or "-target" or "--target" or "-std" or "-resource-dir")
            {
                if (IsFlag(next)) dropped.Add($"{flag} {next}");
                else if (next is not null) kept.AddRange(flag, next);
                i++;
            }
            else if (flag.StartsWith('-') && flag.Length > 1)
            {
                kept.Add(flag);
            }
        }

        return new(kept.ToImmutable(), dropped.ToImmutable());
    }

    /// <summary>Whether a word that should be a value is a flag: clang may read it as one, if it does not know the flag before it with a value.</summary>
    private static bool IsFlag(string? value) => value is ['-' or '@', _, ..] || value?.Contains('\0') == true;

    /// <summary>Removes flags as <c>.clangd</c>'s <c>Remove</c> does: the flag itself with its value, and by a trailing <c>*</c> all that begin so.</summary>
    public static ImmutableArray<string> Remove(ImmutableArray<string> arguments, IReadOnlyCollection<string> patterns)
    {
        if (patterns.Count == 0) return arguments;
        var kept = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var flag = arguments[i];
            var hasValue = i + 1 < arguments.Length
                && (flag is "-D" or "-U" or "-x" or "-target" or "--target" or "-Xclang" or "-resource-dir" || s_paths.Contains(flag));
            if (!patterns.Any(p => Matches(p, flag, hasValue ? arguments[i + 1] : null)))
            {
                kept.Add(flag);
                if (hasValue) kept.Add(arguments[i + 1]);
            }

            if (hasValue) i++;
        }

        return kept.ToImmutable();
    }

    private static bool Matches(string pattern, string flag, string? value)
    {
        if (pattern.EndsWith('*')) return (flag + value).StartsWith(pattern[..^1], StringComparison.Ordinal);
        if (pattern == flag || (value is not null && pattern == flag + value)) return true;

        // "-I" and "-D" take the joined form with them, as clangd has it.
        return pattern is "-I" or "-D" or "-U" && flag.StartsWith(pattern, StringComparison.Ordinal);
    }

    private static bool IsExpectedJoined(string flag) =>
        flag is ['-', 'o', _, ..] && !flag.StartsWith("-objc", StringComparison.Ordinal) || flag.StartsWith("--output=", StringComparison.Ordinal)
        || flag.StartsWith("-MF", StringComparison.Ordinal) || flag.StartsWith("-MT", StringComparison.Ordinal) || flag.StartsWith("-MQ", StringComparison.Ordinal)
        || flag.StartsWith("-MJ", StringComparison.Ordinal) || flag is ['-', 'l' or 'L', _, ..] && !flag.StartsWith("-load", StringComparison.Ordinal)
        || flag.StartsWith("-Wp,-M", StringComparison.Ordinal);

    /// <summary>A flag of the host's processor, which clang refuses for BPF.</summary>
    private static bool IsMachineFlag(string flag) =>
        flag.StartsWith("-m", StringComparison.Ordinal) && !flag.StartsWith("-mcpu=", StringComparison.Ordinal)
        && flag is not ("-mlittle-endian" or "-mbig-endian") && !flag.StartsWith("-mattr", StringComparison.Ordinal);

    private static string? PathFlag(string flag)
    {
        foreach (var path in s_paths)
        {
            // "-include-pch" and the like were dropped before; "-include" never has its value in the same word.
            if (flag == path || (flag.StartsWith(path, StringComparison.Ordinal) && path is not ("-include" or "-imacros" or "--sysroot"))) return path;
        }

        return null;
    }

    private static string Absolute(string path, string directory, bool isFile = false)
    {
        if (path.Length == 0 || path[0] == '=') return path;
        var absolute = Path.GetFullPath(path, directory);

        // "-include linux/types.h" is looked for in the include path where it is not in the directory.
        return isFile && !File.Exists(absolute) ? path : absolute;
    }
}
