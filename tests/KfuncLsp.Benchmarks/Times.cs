using System.Diagnostics;

namespace KfuncLsp.Benchmarks;

/// <summary>Times on the clock. Units: milliseconds.</summary>
internal static class Times
{
    public static double Timed(Action work)
    {
        var before = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
    }

    /// <summary>The time that so many percent do not pass.</summary>
    public static double At(List<double> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }
}
