using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Engine;

/// <summary>The states that were seen at one place, so sorted that a new one is compared with few of them.</summary>
/// <remarks>
/// Most states of a loop differ in a counter. A state with another constant there than an older one cannot be covered by it, so that
/// the older ones lie by that constant.
/// </remarks>
internal sealed class ExploredStates
{
    private const int SortedFrom = 16;
    private const int Most = 1024;

    private readonly Dictionary<long, List<VerifierState>> _byConstant = [];
    private readonly List<VerifierState> _others = [];
    private List<VerifierState> _all = [];

    /// <summary>The local of the innermost frame whose constant sorts them; -1 where none does.</summary>
    private int _sortedBy = -1;

    public VerifierState? Newest => _all.Count > 0 ? _all[^1] : null;

    /// <summary>Whether a state brings nothing new, as long as the numbers that differ do not matter.</summary>
    /// <remarks>Shape: one that does is kept. The comparison tells what it cost.</remarks>
    public bool Covers(VerifierState state, StateComparison comparison)
    {
        if (Contains(_others, comparison)) return true;
        if (_sortedBy >= 0 && ConstantOf(state) is { } constant && _byConstant.TryGetValue(constant, out var same) && Contains(same, comparison)) return true;

        if (_all.Count >= Most) Sort(_all[(Most / 2)..]);
        else if (_all.Count >= SortedFrom && int.IsPow2(_all.Count) && int.Log2(_all.Count) % 2 == 0) Sort(_all);
        var kept = state.Clone();
        // What is kept takes memory.
        state.Looked += state.Top.Locals.Length;
        _all.Add(kept);
        Place(kept);
        return false;
    }

    private static bool Contains(List<VerifierState> states, StateComparison comparison)
    {
        for (var i = states.Count - 1; i >= 0; i--)
            if (comparison.IsCoveredBy(states[i])) return true;
        return false;
    }

    private long? ConstantOf(VerifierState state) => state.Top.Locals[_sortedBy].ConstValue;

    private void Place(VerifierState state)
    {
        if (_sortedBy < 0 || ConstantOf(state) is not { } constant) _others.Add(state);
        else if (_byConstant.TryGetValue(constant, out var same)) same.Add(state);
        else _byConstant[constant] = [state];
    }

    private void Sort(List<VerifierState> states)
    {
        _sortedBy = MostTelling(states);
        _byConstant.Clear();
        _others.Clear();
        _all = states;
        foreach (var state in states) Place(state);
    }

    /// <summary>The local with the most different constants in some of the states, of those by which states are told apart.</summary>
    private static int MostTelling(List<VerifierState> states)
    {
        const int MostAsked = 16;
        var distance = Math.Max(1, states.Count / MostAsked);
        var frame = states[^1].Top;
        var (best, most) = (-1, 1);
        var constants = new HashSet<long>();
        foreach (var local in frame.Facts.LiveAt(frame.Block, frame.Index, isGiven: true))
        {
            if (!frame.Precision.IsPrecise(local)) continue;
            constants.Clear();
            for (var i = states.Count - 1; i >= 0; i -= distance)
                if (states[i].Top.Locals[local].ConstValue is { } constant) constants.Add(constant);
            if (constants.Count <= most) continue;
            (best, most) = (local, constants.Count);
        }

        return best;
    }
}
