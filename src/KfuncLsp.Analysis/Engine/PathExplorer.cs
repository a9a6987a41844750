using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Walks the paths of a program depth first, as the verifier's <c>do_check</c> does, and forgets those that bring nothing new.</summary>
internal sealed class PathExplorer(ProgramContext program)
{
    private const int ExactVisits = 260;
    private const int MostVisits = 400;
    private const int VisitsAfterAnError = 12;

    /// <summary>How many values of states may be compared in the time that an instruction takes.</summary>
    private const int ValuesPerStep = 32;

    /// <summary>How many may be looked through in that time.</summary>
    private const int LooksPerStep = 256;

    private readonly Stack<VerifierState> _pending = new();
    private readonly Dictionary<(int Chain, int Block, int Index), ExploredStates> _explored = [];
    private readonly HashSet<string> _asyncCallbacks = [];
    private readonly StateComparison _comparison = new();

    public ProgramContext Program => program;

    /// <summary>Explores everything that follows from a state.</summary>
    public void Explore(VerifierState entry)
    {
        _pending.Push(entry);
        while (true)
        {
            var isNew = _pending.TryPop(out var state);
            if (!isNew && !WakeOne(out state)) return;
            RuntimeHelpers.EnsureSufficientExecutionStack();
            Walk(state!, isEntered: !isNew);
            if (program.Steps > program.Options.StepBudget)
            {
                program.GiveUp($"more than {program.Options.StepBudget} steps would be needed", new(program.Program.Name, default));
                return;
            }
        }
    }

    /// <summary>Another state to explore: the path not taken.</summary>
    public void Push(VerifierState state) => _pending.Push(state);

    /// <summary>A callback that runs later, by itself: explored once for each way of running.</summary>
    public void PushAsync(string key, VerifierState state)
    {
        if (_asyncCallbacks.Add(key)) _pending.Push(state);
    }

    /// <summary>A state that was left out for a number that matters by now, and that nothing else covers.</summary>
    private bool WakeOne([NotNullWhen(true)] out VerifierState? state)
    {
        var woken = program.Precision.Woken;
        for (state = null; woken.Count > 0; state = null)
        {
            state = woken[^1];
            woken.RemoveAt(woken.Count - 1);
            if (BringsNews(state, StatesAt(state.Top))) return true;
        }

        return false;
    }

    private void Walk(VerifierState state, bool isEntered)
    {
        while (program.Steps <= program.Options.StepBudget)
        {
            var frame = state.Top;
            if (frame.Index == 0 && !isEntered && !EnterBlock(state)) return;
            isEntered = false;
            var block = frame.Function.Blocks[frame.Block];
            while (frame.Index < block.Instructions.Count)
            {
                var instruction = block.Instructions[frame.Index];
                if (frame.Index > 0 && frame.Facts.IsToldApart(block.Instructions[frame.Index - 1]) && !BringsNews(state, StatesAt(frame))) return;
                program.Observe?.Invoke(state);
                frame.Index++;
                Count(state);
                if (!InstructionTransfer.Apply(this, new(program, state, instruction.Span), instruction)) return;
                if (!ReferenceEquals(state.Top, frame)) break;
            }

            if (!ReferenceEquals(state.Top, frame)) continue;
            program.Observe?.Invoke(state);
            Count(state);
            if (!TerminatorTransfer.Apply(this, state, block.End)) return;
            if (frame.MostRounds > 0 && !ReferenceEquals(state.Top, frame))
            {
                if (!GoesRoundAgain(state, frame)) return;
                isEntered = true;
                continue;
            }

            // As the verifier does after a call, so that the ways through one function are not multiplied by those through the next.
            if (state.Top.Index > 0 && frame.Function.Blocks.Count > 1 && !BringsNews(state, StatesAt(state.Top))) return;
        }
    }

    /// <summary>Counts a step, and what the last one cost besides.</summary>
    private void Count(VerifierState state)
    {
        var (steps, rest) = Math.DivRem(state.Looked, LooksPerStep);
        program.Steps += 1 + steps;
        state.Looked = rest;
    }

    /// <summary>Whether a callback that has returned leaves something new for the call that runs it.</summary>
    private bool GoesRoundAgain(VerifierState state, FrameState callback)
    {
        // As many rounds as can be counted count: what follows from a state follows from an older one that has as many left.
        const int MostCounted = 64;
        var counter = (callback.Chain, FrameState.Rounds);
        var states = StatesAt((callback.Chain, FrameState.Rounds, 0));
        return Settles(state, states, state.LoopVisits.GetValueOrDefault(counter), new(callback.Function.Name, callback.CallSpan))
            && BringsNews(state, states, callback.MostRounds <= MostCounted ? counter : null);
    }

    /// <summary>Gives up on exact numbers, and at last on the path, where a loop goes round and round.</summary>
    private bool Settles(VerifierState state, ExploredStates states, int visits, Location where)
    {
        // The verdict is known by now; more rounds of a loop only repeat what was found.
        if (visits > VisitsAfterAnError && program.IsRejected) return false;
        if (visits > ExactVisits && states.Newest is { } last) Widening.Apply(last, state);
        if (visits <= MostVisits) return true;
        program.GiveUp("a loop does not settle", where);
        return false;
    }

    /// <summary>Whether the state brings something new to the block.</summary>
    private bool EnterBlock(VerifierState state)
    {
        program.Cancel.ThrowIfCancellationRequested();
        var frame = state.Top;
        if (!frame.Facts.IsMerge[frame.Block]) return true;
        var key = (frame.Chain, frame.Block);
        var states = StatesAt(frame);
        if (frame.Facts.IsLoopHeader[frame.Block])
        {
            var visits = state.LoopVisits.GetValueOrDefault(key) + 1;
            state.LoopVisits = state.LoopVisits.SetItem(key, visits);
            if (!Settles(state, states, visits, new(frame.Function.Name, frame.Function.Blocks[frame.Block].End.Span))) return false;
        }

        return BringsNews(state, states);
    }

    private ExploredStates StatesAt(FrameState frame) => StatesAt((frame.Chain, frame.Block, frame.Index));

    private ExploredStates StatesAt((int Chain, int Block, int Index) key)
    {
        if (!_explored.TryGetValue(key, out var states)) _explored[key] = states = new();
        return states;
    }

    /// <summary>Whether what is NULL is still read later.</summary>
    private static bool MayComeToNull(FrameState frame) =>
        frame.Facts.LiveAt(frame.Block, frame.Index, isGiven: true).Any(local => frame.Locals[local].Lost is LostPointer.KnownNull or LostPointer.MemberOfNull);

    private bool BringsNews(VerifierState state, ExploredStates states, (int Chain, int Block)? rounds = null)
    {
        _comparison.Begin(state, rounds);
        var isCovered = states.Covers(state, _comparison);
        program.Steps += _comparison.Looked / ValuesPerStep;
        if (isCovered && _comparison.Ignored.Count > 0) TrackedNumber.Leave(state, _comparison.Ignored);
        if (isCovered && !MayComeToNull(state.Top)) program.ReportWithheld(state);
        return !isCovered;
    }
}
