using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>A place beside what may be NULL, a constant number of bytes away. To C there is no such place beside NULL: the compiler drops a test of it, and the pointer stays unchecked.</summary>
/// <remarks>
/// Only where the place surely is the same on all ways to the test: where they meet with others, the compiler may test the pointer itself.
/// Source: LLVM, isGEPKnownNonNull; kernel/bpf/verifier.c, adjust_ptr_min_max_vals.
/// </remarks>
internal static class UncheckedStep
{
    private const int MostDefinitions = 32, Deepest = 4;

    /// <summary>Whether an operand that is tested where the state is was led away from NULL before.</summary>
    public static bool LeadsTo(VerifierState state, Operand operand, RegState value) =>
        value is { MayBeNull: true, HasVariableOffset: false } && value.Offset != value.NullOffset && operand.Kind == OperandKind.Local && !state.Top.Function.IsRegister(operand)
        && Of(state, operand) is { Bytes: not 0 and var bytes } && bytes == value.Offset - value.NullOffset;

    /// <summary>The steps from a pointer to an operand where the state is: their sum, and the local that holds the pointer; null where that is not known.</summary>
    public static (long Bytes, int From)? Of(VerifierState state, Operand operand) =>
        operand.Kind == OperandKind.Local ? Of(state.Top.Facts, state.Top.Block, state.Top.Index, operand.LocalId, 0) : null;

    private static (long Bytes, int From)? Of(FunctionFacts facts, int block, int index, int local, int depth)
    {
        var bytes = 0L;
        for (var i = 0; i < MostDefinitions; i++)
        {
            if (facts.DefinitionBefore(block, index, local) is not { } place) return (bytes, local);
            (block, index) = place;
            switch (facts.Function.Blocks[block].Instructions[index])
            {
                case Assign { Value: Use { Value: { Kind: OperandKind.Local } source } }:
                    local = source.LocalId;
                    break;
                case Assign { Value: Cast { To: PointerType, Value: { Kind: OperandKind.Local, Type: PointerType } source } }:
                    local = source.LocalId;
                    break;
                case Assign { Value: PointerAdd { Pointer: { Kind: OperandKind.Local } source, Index: { Kind: OperandKind.Const } count } add }:
                    (local, bytes) = (source.LocalId, bytes + count.Value * add.Scale);
                    break;
                case Assign { Value: FieldAddr { Pointer: { Kind: OperandKind.Local } source } field } when !facts.IsRelocated(field):
                    (local, bytes) = (source.LocalId, bytes + field.ByteOffset);
                    break;
                case Call call when depth < Deepest && InCallee(facts, call, depth + 1) is { } step:
                    (local, bytes) = (step.From, bytes + step.Bytes);
                    break;
                case Call or Load:
                    return (bytes, local);
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The steps that a function of the program makes from one of its arguments to its result, and the caller's local that is that argument.</summary>
    private static (long Bytes, int From)? InCallee(FunctionFacts facts, Call call, int depth)
    {
        if (call.Callee is not DirectCallee direct || facts.FactsOf(direct.Name) is not { Function.IsGlobalFunction: false } callee) return null;
        if (callee.Function.Blocks.Where(b => b.End is Return).ToArray() is not [{ End: Return { Value: { Kind: OperandKind.Local } result } } end]) return null;
        if (Of(callee, end.Id, end.Instructions.Count, result.LocalId, depth) is not { } step) return null;
        for (var i = 0; i < callee.Function.Parameters.Count && i < call.Arguments.Count; i++)
            if (callee.Function.Parameters[i].LocalId == step.From && callee.IsAsGiven(step.From) && call.Arguments[i].Kind == OperandKind.Local) return (step.Bytes, call.Arguments[i].LocalId);
        return null;
    }
}
