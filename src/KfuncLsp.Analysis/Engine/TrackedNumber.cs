using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Engine;

/// <summary>A number of a function: that of a local in a register, the one that some bits of a local in memory hold, or one at a place outside of the stack.</summary>
internal sealed class TrackedNumber(FunctionPrecision function, int local, BitSpan bits)
{
    /// <summary>The local of a number outside of the stack.</summary>
    public const int NoLocal = -1;

    private HashSet<TrackedNumber>? _sources;
    private List<WaitingState>? _waiting;

    /// <summary>A state that was left out; it may wait for several numbers.</summary>
    private sealed class WaitingState(VerifierState state)
    {
        public VerifierState State { get; } = state;
        public bool IsWoken { get; set; }
    }

    public FunctionPrecision Function => function;
    public int Local => local;

    /// <summary>For a local in memory.</summary>
    public BitSpan Bits => bits;

    /// <summary>Whether it has decided something, or others that have were computed from it.</summary>
    public bool IsPrecise { get; private set; }

    /// <summary>It was computed from another number that the function's own assignments do not tell of: an argument, a result, one from memory.</summary>
    public void ComesFrom(TrackedNumber source)
    {
        if ((_sources ??= []).Add(source) && function.IsNeeded(this)) source.Mark();
    }

    /// <summary>It decided something.</summary>
    public void Mark()
    {
        var pending = new Stack<TrackedNumber>();
        pending.Push(this);
        while (pending.TryPop(out var next))
        {
            if (next.IsPrecise) continue;
            next.MakePrecise();
            next.Function.ForEachSource(next, pending.Push);
        }
    }

    /// <summary>It holds bits of a number that has decided something.</summary>
    public void MakePrecise()
    {
        IsPrecise = true;
        foreach (var waiting in _waiting ?? [])
        {
            if (!waiting.IsWoken) function.Wake(waiting.State);
            waiting.IsWoken = true;
        }

        _waiting = null;
    }

    public void ForEachOwnSource(Action<TrackedNumber> found)
    {
        foreach (var source in _sources ?? []) found(source);
    }

    /// <summary>Leaves a state out until one of the numbers matters.</summary>
    public static void Leave(VerifierState state, IReadOnlyList<TrackedNumber> until)
    {
        var waiting = new WaitingState(state);
        foreach (var number in until) (number._waiting ??= []).Add(waiting);
    }
}
