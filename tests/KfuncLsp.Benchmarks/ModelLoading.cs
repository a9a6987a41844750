using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Benchmarks;

/// <summary>How long a model takes from the executable's bytes to the value that rules read.</summary>
internal static class ModelLoading
{
    private const double Limit = 5;
    private const int Rounds = 100;

    public static int Run()
    {
        var first = Spent();
        var newest = KernelModels.For(KernelModels.Versions[^1])!;
        Console.WriteLine($"{newest.Version} as the first thing that this process does: {Spent() - first:0.0} ms");
        var slowest = 0.0;
        foreach (var model in KernelModels.All)
        {
            var bytes = ModelWriter.Write(model);
            for (var i = 0; i < Rounds; i++) ModelReader.Read(new MemoryStream(bytes));
            var before = Spent();
            for (var i = 0; i < Rounds; i++) ModelReader.Read(new MemoryStream(bytes));
            var each = (Spent() - before) / Rounds;
            slowest = Math.Max(slowest, each);
            Console.WriteLine($"{model.Version}, {bytes.Length / 1024} kB: {each:0.00} ms");
        }

        Console.WriteLine($"the slowest takes {slowest:0.00} ms of processor time, the limit is {Limit} ms");
        return slowest <= Limit ? 0 : 1;
    }

    /// <summary>Units: milliseconds of processor time of this process, so that other work on the machine does not count.</summary>
    private static double Spent() => Environment.CpuUsage.TotalTime.TotalMilliseconds;
}
