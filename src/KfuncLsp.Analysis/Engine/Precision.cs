using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>The numbers of a program that matter, function by function.</summary>
/// <remarks>Whoever looks at a scalar's range, and lets a verdict depend on it, marks it here.</remarks>
internal sealed class Precision
{
    private readonly Dictionary<FunctionFacts, FunctionPrecision> _functions = [];
    private readonly Dictionary<LoadedValues.Place, TrackedNumber> _places = [];

    /// <summary>States that were left out for a number that matters by now.</summary>
    public List<VerifierState> Woken { get; } = [];

    public FunctionPrecision Of(FunctionFacts facts)
    {
        if (!_functions.TryGetValue(facts, out var precision)) _functions[facts] = precision = new(facts, _places, Woken);
        return precision;
    }

    /// <summary>The number of an operand decides something.</summary>
    public static void Need(VerifierState state, Operand operand)
    {
        if (operand.Kind == OperandKind.Local && state.Top.Locals[operand.LocalId].IsScalar) state.Top.Precision.Of(operand.LocalId).Mark();
    }

    /// <summary>Whether two values are equal was asked: a number decides that only where the other value is none.</summary>
    public static void NeedToCompare(VerifierState state, Operand left, Operand right)
    {
        if (ValueTransfer.Read(state, left).IsScalar == ValueTransfer.Read(state, right).IsScalar) return;
        Need(state, left);
        Need(state, right);
    }

    /// <summary>What memory of the stack holds decides something.</summary>
    public static void NeedMemory(VerifierState state, RegState pointer)
    {
        if (MemoryTransfer.StackAt(state, pointer) is not null) state.Frames[pointer.Frame].Precision.Of(pointer.LocalId).Mark();
    }
}
