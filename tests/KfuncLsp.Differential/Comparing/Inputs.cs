namespace KfuncLsp.Differential.Comparing;

/// <summary>The arguments that every function of a unit is called with.</summary>
internal static class Inputs
{
    private static readonly ulong[] s_edges =
        [0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, long.MaxValue, 1UL << 63, ulong.MaxValue, ulong.MaxValue - 4];

    public static ulong[][] For(int seed, int count)
    {
        var random = new Random(seed ^ 0x5eed);
        return [.. Enumerable.Range(0, count).Select(_ => new[] { One(random), One(random), One(random) })];
    }

    private static ulong One(Random random) => random.Next(3) switch
    {
        0 => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
        1 => (ulong)random.Next(-10, 20),
        _ => s_edges[random.Next(s_edges.Length)],
    };
}
