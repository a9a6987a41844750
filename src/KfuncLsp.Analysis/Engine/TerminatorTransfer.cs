using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Where control goes at the end of a block.</summary>
internal static class TerminatorTransfer
{
    /// <summary>Moves a state on; false where its path ends.</summary>
    public static bool Apply(PathExplorer explorer, VerifierState state, Terminator end)
    {
        switch (end)
        {
            case Jump j: GoTo(state, j.Target); return true;
            case Branch b: return TakeBranch(explorer, state, b);
            case Switch s: return TakeCase(explorer, state, s);
            case AsmGoto a:
                for (var i = a.Targets.Count - 1; i > 0; i--)
                {
                    var other = state.Clone();
                    GoTo(other, a.Targets[i]);
                    explorer.Push(other);
                }

                GoTo(state, a.Targets[0]);
                return true;
            case Return r: return SubprogramTransfer.Return(explorer, new(explorer.Program, state, r.Span), r);
            default: return false;
        }
    }

    private static void GoTo(VerifierState state, int block)
    {
        state.Top.Block = block;
        state.Top.Index = 0;
    }

    private static bool TakeBranch(PathExplorer explorer, VerifierState state, Branch branch)
    {
        var (left, right) = (ValueTransfer.Read(state, branch.Left), ValueTransfer.Read(state, branch.Right));
        Precision.NeedToCompare(state, branch.Left, branch.Right);
        if ((PacketBounds.Decide(state, branch.Op, left, right) ?? ValueTransfer.Compare(branch.Op, left, right, branch.Type)) is { } holds)
        {
            NeedBoth(state, branch);
            GoTo(state, holds ? branch.Then : branch.Else);
            return BranchRefinement.Assume(state, branch.Op, branch.Left, branch.Right, branch.Type, holds);
        }

        var other = state.Clone();
        var mayHold = MayTurnOut(state, branch, holds: true);
        var mayFail = MayTurnOut(other, branch, holds: false);
        if (!mayHold || !mayFail) NeedBoth(state, branch);
        else if (branch.Then != branch.Else)
        {
            var site = new Site(explorer.Program, state, branch.Span);
            var isQuestion = left.Source == ValueTransfer.CoreQuestion || right.Source == ValueTransfer.CoreQuestion;
            Note(site, state, branch, holds: true);
            Note(site with { State = other }, other, branch, holds: false);
            state.IsSpeculative |= isQuestion;
            other.IsSpeculative |= isQuestion;
        }

        GoTo(state, branch.Then);
        GoTo(other, branch.Else);
        if (mayFail && (!mayHold || branch.Then != branch.Else)) explorer.Push(other);
        return mayHold;
    }

    /// <summary>Narrows a state to the world where a branch is taken, or not, with all that follows; false where there is no such world.</summary>
    private static bool MayTurnOut(VerifierState state, Branch branch, bool holds)
    {
        if (!BranchRefinement.Assume(state, branch.Op, branch.Left, branch.Right, branch.Type, holds)) return false;
        // What a function says of its argument is what its caller asks it for.
        if (state.Top.Function.ReturnType is IntType { IsBool: true }) BranchRefinement.KeepBits(state, branch.Left);
        foreach (var consequence in state.Top.Facts.Consequences.Of(state.Top.Block, holds))
        {
            if (BranchRefinement.Assume(state, consequence)) continue;
            Precision.Need(state, consequence.Left);
            Precision.Need(state, consequence.Right);
            return false;
        }

        return true;
    }

    private static void NeedBoth(VerifierState state, Branch branch)
    {
        Precision.Need(state, branch.Left);
        Precision.Need(state, branch.Right);
    }

    private static void Note(Site site, VerifierState state, Branch branch, bool holds)
    {
        if (state.Top.Facts.WordsOf(branch, state.Top.Block, holds) is { } words) state.Trace = new(words, site.Where, state.Trace);
    }

    private static bool TakeCase(PathExplorer explorer, VerifierState state, Switch choice)
    {
        BranchRefinement.NoteTest(state, ValueTransfer.Read(state, choice.Value));
        var equal = state.Top.Facts.Consequences.EqualToCase(state.Top.Block);
        var values = ValueTransfer.Read(state, choice.Value) is { IsScalar: true } value ? value.RangeIn(choice.Value.Type).ConvertTo(choice.Value.Type) : (ScalarRange?)null;
        for (var i = choice.Cases.Count - 1; i >= 0; i--)
        {
            var one = choice.Cases[i];
            if (values is { } all && new ScalarRange(one.Low, one.High).Contains(all))
            {
                Precision.Need(state, choice.Value);
                GoTo(state, one.Target);
                return true;
            }

            var other = state.Clone();
            if (!IsPossible(other, one, holds: true)) continue;
            GoTo(other, one.Target);
            explorer.Push(other);
        }

        var isPossible = choice.Cases.All(one => IsPossible(state, one, holds: false));
        GoTo(state, choice.Default);
        return isPossible;

        bool IsPossible(VerifierState world, SwitchCase one, bool holds)
        {
            if (BranchRefinement.AssumeCase(world, choice.Value, one, holds) && equal.All(o => BranchRefinement.AssumeCase(world, o, one, holds))) return true;
            Precision.Need(state, choice.Value);
            foreach (var operand in equal) Precision.Need(state, operand);
            return false;
        }
    }
}
