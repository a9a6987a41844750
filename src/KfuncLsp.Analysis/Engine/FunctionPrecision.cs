using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Which locals of a function have numbers that matter: those that decided something, and all that they were computed from.</summary>
/// <remarks>
/// Numbers that never decided a branch, a size or an address do not tell states apart. A state that was left out only for such a number waits,
/// and is woken where the number turns out to matter after all.
/// Source: kernel/bpf/verifier.c, mark_chain_precision.
/// </remarks>
internal sealed class FunctionPrecision(FunctionFacts facts, List<VerifierState> woken)
{
    private readonly bool[] _isPrecise = new bool[facts.Function.Locals.Count];
    private readonly HashSet<(FunctionPrecision Function, int Local)>?[] _sources = new HashSet<(FunctionPrecision, int)>?[facts.Function.Locals.Count];
    private readonly List<WaitingState>?[] _waiting = new List<WaitingState>?[facts.Function.Locals.Count];

    /// <summary>A state that was left out; it may wait for several locals.</summary>
    private sealed class WaitingState(VerifierState state)
    {
        public VerifierState State { get; } = state;
        public bool IsWoken { get; set; }
    }

    public bool IsPrecise(int local) => _isPrecise[local];

    /// <summary>The number decided something.</summary>
    public void Mark(int local)
    {
        if (_isPrecise[local]) return;
        var pending = new Stack<(FunctionPrecision Function, int Local)>();
        pending.Push((this, local));
        while (pending.TryPop(out var next)) next.Function.Mark(next.Local, pending);
    }

    /// <summary>The number was computed from another that the function's own assignments do not tell of: an argument, a result, one from memory.</summary>
    public void ComesFrom(int local, FunctionPrecision function, int source)
    {
        if (!(_sources[local] ??= []).Add((function, source))) return;
        if (_isPrecise[local]) function.Mark(source);
    }

    /// <summary>Leaves a state out until one of the numbers matters.</summary>
    public static void Leave(VerifierState state, IReadOnlyList<(FunctionPrecision Function, int Local)> until)
    {
        var waiting = new WaitingState(state);
        foreach (var (function, local) in until) (function._waiting[local] ??= []).Add(waiting);
    }

    private void Mark(int local, Stack<(FunctionPrecision Function, int Local)> pending)
    {
        if (_isPrecise[local]) return;
        _isPrecise[local] = true;
        foreach (var source in facts.SourcesOf(local)) pending.Push((this, source));
        foreach (var source in _sources[local] ?? []) pending.Push(source);
        foreach (var waiting in _waiting[local] ?? [])
        {
            if (!waiting.IsWoken) woken.Add(waiting.State);
            waiting.IsWoken = true;
        }

        _waiting[local] = null;
    }
}
