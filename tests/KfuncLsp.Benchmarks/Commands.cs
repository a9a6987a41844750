using System.Diagnostics;
using System.Globalization;

namespace KfuncLsp.Benchmarks;

/// <summary>What is measured side by side, and how each is started.</summary>
internal sealed record Commands(string Server, string Clangd, string Loader, string Kernel, string Project, IReadOnlyList<string> Arguments, IReadOnlyList<string> Flags)
{
    public string Cache { get; } = Path.Combine(Project, "cache");

    public LanguageClient StartOurs(string? cache = null) => new(Server, ["server", "--kernel", Kernel], Project, cache ?? Cache);

    public LanguageClient StartClangd() => new(Clangd, ["--background-index=false", "--log=error"], Project, Cache);

    /// <summary>Runs a command to its end. Units: milliseconds on the clock, and of processor time with that of its children.</summary>
    public (double Clock, double Processor) Run(string command, string? cache = null)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"TIMEFORMAT='%3R %3U %3S'; time {{ {{ {command}; }} >/dev/null 2>&1; }}; true"])
        {
            RedirectStandardError = true, WorkingDirectory = Project,
        };
        start.Environment["XDG_CACHE_HOME"] = cache ?? Cache;
        using var process = Process.Start(start)!;
        var words = process.StandardError.ReadToEnd().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[^3..];
        process.WaitForExit();
        var seconds = words.Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray();
        return (seconds[0] * 1000, (seconds[1] + seconds[2]) * 1000);
    }

    public string Check(string what) => $"'{(Server.EndsWith(".dll", StringComparison.Ordinal) ? "dotnet' '" : "")}{Server}' check --kernel {Kernel} {what}";

    /// <summary>The most memory that a process and its children have held so far. Units: megabytes.</summary>
    public static double PeakMemory(int process) => Status(process, "VmHWM:") + Children(process).Sum(PeakMemory);

    /// <summary>The memory that a process and its children hold now. Units: megabytes.</summary>
    public static double Memory(int process) => Status(process, "VmRSS:") + Children(process).Sum(Memory);

    private static double Status(int process, string what)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(what, StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static IEnumerable<int> Children(int process) =>
        Directory.Exists($"/proc/{process}/task")
            ? Directory.GetDirectories($"/proc/{process}/task").SelectMany(t => File.ReadAllText(Path.Combine(t, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse))
            : [];
}
