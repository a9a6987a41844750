using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace KfuncLsp.Fuzz;

/// <summary>Which branches of our own code were taken in this process; none are seen where the code is not instrumented (<c>tests/KfuncLsp.Fuzz/guided</c>).</summary>
/// <remarks>A branch is known by a hash of its two ends, as SharpFuzz writes them: two of them may share a slot, and what several threads do at once is blurred.</remarks>
internal static unsafe class TakenBranches
{
    private const int Slots = 1 << 16;

    private static readonly byte* s_taken = (byte*)NativeMemory.AllocZeroed(Slots);
    private static readonly bool[] s_seen = new bool[Slots];

    /// <summary>How many different ones were seen since <see cref="Begin"/>.</summary>
    public static int Count { get; private set; }

    /// <summary>Gives instrumented code a place to write to. It must come before any of it runs.</summary>
    public static void Watch() => Trace.SharedMem = s_taken;

    /// <summary>Forgets all.</summary>
    public static void Begin()
    {
        Array.Clear(s_seen);
        Count = 0;
        new Span<byte>(s_taken, Slots).Clear();
    }

    /// <summary>Whether one was taken since the last call that was not seen before.</summary>
    public static bool AnyNew()
    {
        var before = Count;
        var taken = new Span<byte>(s_taken, Slots);
        for (var at = taken.IndexOfAnyExcept((byte)0); at >= 0; at = NextAfter(at))
        {
            if (s_seen[at]) continue;
            s_seen[at] = true;
            Count++;
        }

        taken.Clear();
        return Count > before;

        static int NextAfter(int at)
        {
            var next = new Span<byte>(s_taken, Slots)[(at + 1)..].IndexOfAnyExcept((byte)0);
            return next < 0 ? -1 : at + 1 + next;
        }
    }
}
