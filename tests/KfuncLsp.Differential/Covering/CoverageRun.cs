using System.Collections.Concurrent;
using KfuncLsp.Ir;

namespace KfuncLsp.Differential.Covering;

/// <summary>Where the programs and their headers are.</summary>
public sealed record CoverageOptions
{
    /// <summary>The kernel tree whose <c>tools/testing/selftests/bpf/progs</c> is read.</summary>
    public string Tree { get; init; } = "";

    /// <summary>The directory of <c>vmlinux.h</c>.</summary>
    public string Vmlinux { get; init; } = "";

    /// <summary>The directory that holds <c>bpf/bpf_helpers.h</c>.</summary>
    public string Libbpf { get; init; } = "";

    /// <summary>Only files whose name contains this.</summary>
    public string Only { get; init; } = "";

    /// <summary>Prints every function and value that was not understood.</summary>
    public bool Verbose { get; init; }
}

/// <summary>The share of real functions that become IR, and why the rest does not.</summary>
public static class CoverageRun
{
    /// <summary>Goes through the programs; an exit code: 0 when at least 99.5 % of the functions were lowered.</summary>
    public static async Task<int> Run(CoverageOptions options, TextWriter log)
    {
        var directory = Path.Combine(options.Tree, "tools/testing/selftests/bpf/progs");
        if (!Directory.Exists(directory))
        {
            await log.WriteLineAsync($"not run: {directory} is not there");
            return 0;
        }
        var files = Directory.GetFiles(directory, "*.c").Where(f => Path.GetFileName(f).Contains(options.Only)).Order(StringComparer.Ordinal);
        var pending = new ConcurrentQueue<string>(files);
        var seen = new List<FileCoverage>();
        string[] arguments = [.. Arguments(options)];
        await Task.WhenAll(Enumerable.Range(0, Math.Min(2, Environment.ProcessorCount)).Select(_ => Task.Run(Work)));
        return Report([.. seen.OrderBy(f => f.File, StringComparer.Ordinal)], options.Verbose, log);

        void Work()
        {
            while (pending.TryDequeue(out var file))
            {
                // The last line says which file it was, should libclang take the process down.
                if (options.Verbose) Console.Error.WriteLine(file);
                var coverage = FileCoverage.Of(Path.GetFileName(file), LoweredUnit.Of(file, null, arguments));
                lock (seen) seen.Add(coverage);
            }
        }
    }

    private static IEnumerable<string> Arguments(CoverageOptions options)
    {
        var selftests = Path.Combine(options.Tree, "tools/testing/selftests");
        return
        [
            "-target", "bpf", "-D__TARGET_ARCH_x86", "-mcpu=v3", "-g", "-O2", "-std=gnu11", "-fno-strict-aliasing", "-w",
            $"-I{options.Vmlinux}", $"-I{options.Libbpf}", $"-I{selftests}/bpf", $"-I{selftests}/bpf/progs",
            $"-I{options.Tree}/tools/include/uapi", $"-I{selftests}",
            .. Comparing.HostRun.ResourceHeaders(), "-idirafter", "/usr/include/x86_64-linux-gnu", "-idirafter", "/usr/include",
        ];
    }

    private static int Report(List<FileCoverage> files, bool verbose, TextWriter log)
    {
        var compiled = files.Where(f => f.Error is null).ToList();
        var functions = compiled.Sum(f => f.Functions);
        var lowered = functions - compiled.Sum(f => f.NotLowered.Count);
        foreach (var file in files.Where(f => f.Error is not null)) log.WriteLine($"does not compile: {file.File}: {file.Error}");
        if (verbose)
            foreach (var file in compiled)
                foreach (var (function, reason) in file.NotLowered.Concat(file.Unknown)) log.WriteLine($"{file.File}: {function}: {reason}");
        log.WriteLine($"{files.Count} files, {compiled.Count} compile, {functions} functions, {compiled.Sum(f => f.Instructions)} instructions");
        Table("functions that were not lowered, by reason", compiled.SelectMany(f => f.NotLowered), log);
        Table("values that are unknown in lowered functions, by reason", compiled.SelectMany(f => f.Unknown), log);
        log.WriteLine($"lowered: {lowered} of {functions} ({100.0 * lowered / Math.Max(1, functions):0.00} %)");
        return functions > 0 && lowered >= 0.995 * functions ? 0 : 1;
    }

    private static void Table(string title, IEnumerable<(string Function, string Reason)> entries, TextWriter log)
    {
        var rows = entries.GroupBy(e => e.Reason).OrderByDescending(g => g.Count()).ToList();
        if (rows.Count == 0) return;
        log.WriteLine($"{title}:");
        foreach (var row in rows.Take(40)) log.WriteLine($"{row.Count(),6}  {row.Key}");
        if (rows.Count > 40) log.WriteLine($"        and {rows.Count - 40} more reasons");
    }
}
