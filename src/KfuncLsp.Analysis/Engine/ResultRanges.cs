using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>The numbers that functions may give, as the compiler reads them off their code: the verifier knows none of them, but it never sees the ways that others would take.</summary>
/// <remarks>What branches say of numbers is left out of account: the ranges are those of the assignments alone.</remarks>
internal sealed class ResultRanges(UnitFacts unit)
{
    /// <summary>A range that still grows after so many rounds is every number of its type.</summary>
    private const int Rounds = 4;

    private readonly Dictionary<string, ScalarRange> _known = [];

    /// <summary>Of a function that may be replaced at link time, its type's.</summary>
    public ScalarRange Of(FunctionIr function)
    {
        var every = ScalarRange.Of(function.ReturnType);
        if (function is { IsWeak: true } or { IsNaked: true } or { NotLowered: not null } || function.ReturnType is not IntType) return every;
        if (_known.TryGetValue(function.Name, out var known)) return known;
        // While it is computed, for calls of itself.
        _known[function.Name] = every;
        return _known[function.Name] = Compute(function)?.ConvertTo(function.ReturnType) ?? every;
    }

    private ScalarRange? Compute(FunctionIr function)
    {
        var ranges = new ScalarRange?[function.Locals.Count];
        foreach (var parameter in function.Parameters) ranges[parameter.LocalId] = ScalarRange.Of(parameter.Type);
        for (var (round, isNew) = (0, true); isNew; round++)
        {
            isNew = false;
            foreach (var block in function.Blocks)
                foreach (var instruction in block.Instructions)
                    DefUse.ForEachDefinition(instruction, target =>
                    {
                        if (Given(instruction, function.Locals[target].Type, ranges) is not { } given) return;
                        var before = ranges[target];
                        var joined = before is { } known ? Join(known, given) : given;
                        if (joined == before) return;
                        ranges[target] = round < Rounds ? joined : ScalarRange.Of(function.Locals[target].Type);
                        isNew |= ranges[target] != before;
                    });
        }

        ScalarRange? result = null;
        foreach (var block in function.Blocks)
            if (block.End is Return { Value: { } value } && RangeOf(value, ranges) is { } returned) result = result is { } others ? Join(others, returned) : returned;
        return result;
    }

    /// <summary>What an instruction gives a local; null as long as nothing is known to reach it.</summary>
    private ScalarRange? Given(Instr instruction, CType type, ScalarRange?[] ranges) => instruction switch
    {
        Assign { Value: Use use } => RangeOf(use.Value, ranges)?.ConvertTo(type),
        Assign { Value: Cast cast } => RangeOf(cast.Value, ranges)?.ConvertTo(cast.To),
        Assign { Value: Unary unary } => RangeOf(unary.Value, ranges) is { } value ? ScalarArithmetic.Apply(unary.Op, value, unary.Type) : null,
        Assign { Value: Binary binary } when ScalarArithmetic.IsComparison(binary.Op) => ScalarRange.Bool,
        Assign { Value: Binary { Type: IntType } binary } => RangeOf(binary.Left, ranges) is { } left && RangeOf(binary.Right, ranges) is { } right ? ScalarArithmetic.Apply(binary.Op, left, right, binary.Type) : null,
        Call { Callee: DirectCallee direct } when unit.FindFunction(direct.Name) is { } callee => Of(callee).ConvertTo(type),
        _ => ScalarRange.Of(type),
    };

    private static ScalarRange? RangeOf(Operand operand, ScalarRange?[] ranges) => operand.Kind switch
    {
        OperandKind.Const => ScalarRange.Const(operand.Value),
        OperandKind.Local => ranges[operand.LocalId]?.ConvertTo(operand.Type),
        _ => ScalarRange.Any,
    };

    private static ScalarRange Join(ScalarRange left, ScalarRange right) => new(Math.Min(left.Min, right.Min), Math.Max(left.Max, right.Max));
}
