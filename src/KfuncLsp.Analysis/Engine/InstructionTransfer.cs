using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What one instruction does to a state.</summary>
internal static class InstructionTransfer
{
    /// <summary>Applies an instruction; false where the path ends in it.</summary>
    public static bool Apply(PathExplorer explorer, Site site, Instr instruction)
    {
        switch (instruction)
        {
            case Assign a: return Assign(explorer, site, a);
            case Load l when IsImpossible(site, l.Pointer):
                if (IsLeftOutAlone(site, l)) site.Program.ReportWithheld(site.State);
                return false;
            case Store s when IsImpossible(site, s.Pointer): return false;
            case CopyMemory c when IsOneAccess(c.Length) && (IsImpossible(site, c.Target) || IsImpossible(site, c.Source)): return false;
            case SetMemory s when IsOneAccess(s.Length) && IsImpossible(site, s.Target): return false;
            case Load l when LeavesItsLocal(site, l.Pointer): return false;
            case Store s when LeavesItsLocal(site, s.Pointer): return false;
            case Load l: MemoryTransfer.Load(site, l); return true;
            case Store s: MemoryTransfer.Store(site, s); return true;
            case CopyMemory c: MemoryTransfer.Copy(site, c); return true;
            case SetMemory s: MemoryTransfer.Set(site, s); return true;
            case AtomicUpdate u: MemoryTransfer.Update(site, u); return true;
            case Havoc h: site.State.Top.Locals[h.Target] = RegState.KnownElsewhere; return true;
            case InlineAsm asm: Assembly(site, asm); return true;
            case Call c: return CallTransfer.Apply(explorer, site, c);
            default: throw new InvalidOperationException($"unknown instruction {instruction.GetType().Name}");
        }
    }

    /// <summary>Whether the compiler left the path out from here on: it knows the address to be NULL.</summary>
    /// <remarks>Assembly it leaves as it is.</remarks>
    private static bool IsImpossible(Site site, Operand pointer) =>
        ValueTransfer.Read(site.State, pointer) is { Lost: LostPointer.KnownNull or LostPointer.MemberOfNull } value && !IsAddress(site, value)
        && !site.State.Top.Function.IsRegister(pointer);

    /// <summary>Whether a member's place in what is NULL is an address to the compiler as any other is: on the only way from the test, where it is no choice between NULL and something else.</summary>
    private static bool IsAddress(Site site, RegState value) => value is { Lost: LostPointer.MemberOfNull, IsNull: false } && IsAfterTest(site);

    /// <summary>Whether the compiler leaves out a read of NULL and no more, so that all that leads to it stays: on the only way from the test, where the value is stored or compared.</summary>
    private static bool IsLeftOutAlone(Site site, Load load) =>
        ValueTransfer.Read(site.State, load.Pointer) is { HasVariableOffset: false } && IsAfterTest(site) && site.State.Top.Facts.IsOnlyStored(load.Target);

    /// <summary>Whether the only way here leads from a test that found NULL.</summary>
    private static bool IsAfterTest(Site site)
    {
        var frame = site.State.Top;
        return frame.Facts.FoundZeroBefore(frame.Block).Any(local => frame.Locals[local].Lost == LostPointer.KnownNull);
    }

    /// <summary>Whether C has no such access: what the way here depends on is not followed well enough, or the verifier ends here for another reason.</summary>
    private static bool LeavesItsLocal(Site site, Operand pointer)
    {
        if (site.State.Top.Function.IsNaked || ValueTransfer.Read(site.State, pointer) is not { Type: RegType.PtrToStack } place || !StackLayout.IsOutside(site.State, place)) return false;
        site.Program.GiveUp("a local is read or written beyond its end", site.Where);
        return true;
    }

    /// <summary>Whether so many bytes are read and written by one instruction, of which the compiler thinks as of a load and a store.</summary>
    private static bool IsOneAccess(Operand length) => length is { Kind: OperandKind.Const, Value: 1 or 2 or 4 or 8 };

    /// <summary>An assignment; the outcome of a NULL test, and of a comparison whose answer is carried away, is told apart here, so that the variable keeps its meaning.</summary>
    private static bool Assign(PathExplorer explorer, Site site, Assign assign)
    {
        var state = site.State;
        if (!IsPointerStep(assign.Value)) DefUse.ForEachUse(assign.Value, o => BranchRefinement.NoteTest(state, ValueTransfer.Read(state, o)));
        if (assign.Value is AddressOfGlobal global) KF0708GraphInTracing.Check(site, global.Name);
        var value = ValueTransfer.Evaluate(site.Program, state, assign.Value);
        if (value is { IsScalar: true, Range.IsConst: false } && TestToTellApart(state, assign) is { } test)
        {
            Precision.NeedToCompare(state, test.Left, test.Right);
            var other = state.Clone();
            if (BranchRefinement.Assume(other, test.Op, test.Left, test.Right, test.Type, holds: false))
            {
                other.Top.Locals[assign.Target] = RegState.Zero;
                BranchRefinement.KeepBits(other, test.Left);
                explorer.Push(other);
            }

            if (!BranchRefinement.Assume(state, test.Op, test.Left, test.Right, test.Type, holds: true)) return false;
            value = RegState.Const(1);
            BranchRefinement.KeepBits(state, test.Left);
        }

        if (value.IsPointer) NeedOffset(state, assign.Value);
        if (value is { MayBeAnyNumber: true, Term: null, IsUntypedArgument: false } && !state.Top.Function.IsNaked) value = value with { Term = ValueTransfer.TermOf(state, assign.Value) };
        state.Top.Locals[assign.Target] = value;
        return true;
    }

    /// <summary>Whether a value is carried on, or leads to a place beside it, and nothing is asked of it.</summary>
    private static bool IsPointerStep(Rvalue value) => value is Use or PointerAdd or FieldAddr or Cast { To: PointerType or IntType { Bits: 64, IsBool: false } };

    /// <summary>A number that was added to a pointer decides where it points.</summary>
    private static void NeedOffset(VerifierState state, Rvalue value)
    {
        if (value is PointerAdd add) Precision.Need(state, add.Index);
        if (value is not Binary binary) return;
        Precision.Need(state, binary.Left);
        Precision.Need(state, binary.Right);
    }

    private static Binary? TestToTellApart(VerifierState state, Assign assign)
    {
        var test = assign.Value switch
        {
            Binary b when ScalarArithmetic.IsComparison(b.Op) => b,
            Unary { Op: UnaryOp.LogicalNot } u => new(BinaryOp.Eq, u.Value, Operand.Const(0, u.Type), u.Type),
            Cast { To: IntType { IsBool: true } } c => new(BinaryOp.Ne, c.Value, Operand.Const(0, c.Value.Type), c.Value.Type),
            _ => null,
        };
        if (test is null) return null;
        var (left, right) = (ValueTransfer.Read(state, test.Left), ValueTransfer.Read(state, test.Right));
        if ((left.MayBeNull && right.IsNull) || (right.MayBeNull && left.IsNull)) return test;
        return state.Top.Facts.IsToldApart(assign) && left.IsScalar && right.IsScalar ? test : null;
    }

    /// <summary>Assembly that is not understood: outputs may be anything, and what is passed in is followed no further.</summary>
    private static void Assembly(Site site, InlineAsm asm)
    {
        foreach (var input in asm.Inputs)
        {
            var value = ValueTransfer.Read(site.State, input);
            MemoryTransfer.Escape(site.State, value);
        }

        if (asm.ClobbersMemory || asm.Template.Length > 0) site.State.Loaded = LoadedValues.None;
        foreach (var output in asm.Outputs) site.State.Top.Locals[output] = RegState.KnownElsewhere;
        if (asm.Template.Contains("call ", StringComparison.Ordinal))
            site.Program.GiveUp("inline assembly makes a call", site.Where);
    }
}
