using System.Diagnostics;
using System.Text;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Registry;

namespace KfuncLsp.Benchmarks;

/// <summary>How long the analyser alone needs for a file: all its programs, and the slowest of them, which is what an edit of one function costs at most.</summary>
internal static class AnalysisBenchmark
{
    /// <summary>Units: milliseconds of processor time, so that a busy machine does not show. Shape: 1 where the whole file takes over two seconds, or a program over fifty milliseconds once warm.</summary>
    public static int Run(string path, string text, IReadOnlyList<string> arguments, string kernel)
    {
        var (unit, error) = TranslationUnit.Parse(path, Encoding.UTF8.GetBytes(text), [.. arguments]);
        if (unit is null) throw new InvalidOperationException(error);
        using var parsed = unit;
        var ir = UnitLowering.Lower(parsed);
        var model = KernelModels.For(KernelVersion.Parse(kernel) ?? throw new ArgumentException(kernel)) ?? throw new ArgumentException(kernel);

        var (before, allocated) = (ProcessorTime(), GC.GetTotalAllocatedBytes());
        var report = Analyzer.Analyze(ir, model, AnalysisOptions.Default, default);
        var cold = ProcessorTime() - before;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Console.WriteLine($"{report.Programs.Length} programs, {report.Programs.Sum(p => p.Steps)} steps: {report.Programs.GroupBy(p => p.Verdict).Select(g => $"{g.Count()} {g.Key}").Aggregate((a, b) => a + ", " + b)}");
        foreach (var reason in report.Programs.SelectMany(p => p.Issues).Select(i => i.Reason).Distinct()) Console.WriteLine($"  {reason}");

        var slowest = 0.0;
        foreach (var program in Analyzer.ProgramsOf(ir))
        {
            before = ProcessorTime();
            Analyzer.AnalyzeProgram(ir, program, model, AnalysisOptions.Default, default);
            slowest = Math.Max(slowest, ProcessorTime() - before);
        }

        Console.WriteLine($"whole file, cold   {cold,9:0.0} ms, {allocated / 1e6:0} MB allocated");
        Console.WriteLine($"slowest program    {slowest,9:0.0} ms");
        return cold <= 2000 && slowest <= 50 ? 0 : 1;
    }

    private static double ProcessorTime()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalMilliseconds;
    }
}
