using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace KfuncLsp.Differential.Comparing;

/// <summary>Compiles a generated unit for this machine with clang and runs its functions.</summary>
internal static class HostRun
{
    /// <summary>What both compilers are told, so that they mean the same C.</summary>
    public static readonly string[] Dialect = ["-std=gnu11", "-fwrapv", "-fno-strict-aliasing", "-fsigned-char", "-w"];

    /// <summary>The newest clang on the path; null where there is none.</summary>
    public static string? FindClang()
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var names = Enumerable.Range(15, 15).Reverse().Select(v => $"clang-{v}").Append("clang");
        return names.SelectMany(name => directories.Select(d => Path.Combine(d, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>Clang's own headers (<c>stddef.h</c> …) as arguments; none where there is no clang.</summary>
    public static string[] ResourceHeaders() =>
        FindClang() is { } clang ? ["-isystem", Path.Combine(Run(clang, ["-print-resource-dir"], ".").Trim(), "include")] : [];

    /// <summary>The results of <c>t0 … t(count-1)</c> on every input, function by function.</summary>
    /// <remarks>Errors: throws <see cref="InvalidOperationException"/> with clang's words where the C does not compile, or the program fails.</remarks>
    public static ulong[] Results(string clang, string unit, int count, ulong[][] inputs, string optimisation) =>
        [.. Lines(clang, unit, MainFile(string.Join(", ", Enumerable.Range(0, count).Select(i => $"t{i}")), inputs), optimisation)
            .Select(line => ulong.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Every call of <c>mix</c> on the way to one result: its two arguments, a line each; then the result.</summary>
    public static string[] Trace(string clang, string unit, string function, ulong[] input, string optimisation) =>
        Lines(clang, unit, MainFile(function, [input]), $"{optimisation} -DTRACE");

    private static string[] Lines(string clang, string unit, string main, string optimisation)
    {
        var directory = Directory.CreateTempSubdirectory("kfunc-lsp-differential-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "unit.c"), unit);
            File.WriteAllText(Path.Combine(directory, "main.c"), main);
            Run(clang, [.. Dialect, .. optimisation.Split(' '), "main.c", "-o", "run"], directory);
            return Run(Path.Combine(directory, "run"), [], directory).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string MainFile(string functions, ulong[][] inputs)
    {
        var text = new StringBuilder("#include \"unit.c\"\nint printf(const char *, ...);\n");
        text.AppendLine($"static u64 (*tests[])(u64, u64, u64) = {{ {functions} }};");
        text.AppendLine($"static const u64 inputs[][3] = {{ {string.Join(", ", inputs.Select(i => $"{{{string.Join(", ", i.Select(n => n + "ull"))}}}"))} }};");
        text.AppendLine($$"""
            int main(void)
            {
                for (int f = 0; f < sizeof(tests) / sizeof(tests[0]); f++)
                    for (int i = 0; i < {{inputs.Length}}; i++)
                        printf("%llu\n", tests[f](inputs[i][0], inputs[i][1], inputs[i][2]));
                return 0;
            }
            """);
        return text.ToString();
    }

    private static string Run(string program, string[] arguments, string directory)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} left with {process.ExitCode}: {string.Join('\n', errors.Result.Split('\n').Take(12))}");
        return output;
    }
}
