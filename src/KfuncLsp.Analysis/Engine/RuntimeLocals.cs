using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>The locals of a function whose values the compiler surely does not know: it keeps both ways of a test of one.</summary>
internal sealed class RuntimeLocals
{
    private const int MostCopies = 8;

    private readonly HashSet<int> _locals = [];
    private readonly HashSet<int> _parameters;
    private readonly Dictionary<int, List<Instr>> _definitions = [];
    private readonly Dictionary<int, int> _tests = [];

    public RuntimeLocals(UnitFacts unit, FunctionIr function)
    {
        _parameters = [.. function.Parameters.Select(p => p.LocalId)];
        foreach (var parameter in _parameters) _definitions[parameter] = [];
        foreach (var instruction in function.Blocks.SelectMany(b => b.Instructions))
            DefUse.ForEachDefinition(instruction, target =>
            {
                if (!_definitions.TryGetValue(target, out var given)) _definitions[target] = given = [];
                given.Add(instruction);
            });

        for (var isNew = true; isNew;)
        {
            isNew = false;
            foreach (var (local, given) in _definitions)
                if (!_locals.Contains(local) && (function.IsGlobalFunction || !_parameters.Contains(local)) && given.All(d => IsRuntime(unit, d))) isNew |= _locals.Add(local);
        }

        foreach (var block in function.Blocks)
            foreach (var source in TestedBy(block.End).Select(o => SourceOf(o)).Where(s => s >= 0).Distinct()) _tests[source] = _tests.GetValueOrDefault(source) + 1;
    }

    /// <summary>The blocks after a block that stay with it.</summary>
    public IReadOnlyList<int> KeptAfter(BasicBlock block) => block.End switch
    {
        Branch { Left: { Kind: OperandKind.Const } left, Right: { Kind: OperandKind.Const } right } branch =>
            ScalarArithmetic.Decide(branch.Op, ScalarRange.Const(left.Value), ScalarRange.Const(right.Value), branch.Type) is { } holds ? new[] { holds ? branch.Then : branch.Else } : [],
        Branch branch => IsTestedOnce(branch.Left) && (branch.Right.Kind == OperandKind.Const || (IsTestedOnce(branch.Right) && SourceOf(branch.Left) != SourceOf(branch.Right))) && IsOpen(branch) ? new[] { branch.Then, branch.Else } : [],
        Switch { Value: var value } => IsTestedOnce(value) ? ControlFlow.Successors(block.End) : [],
        _ => ControlFlow.Successors(block.End),
    };

    private static Operand[] TestedBy(Terminator end) => end switch { Branch branch => new[] { branch.Left, branch.Right }, Switch { Value: var value } => new[] { value }, _ => new Operand[0] };

    /// <summary>Whether no other test of the same value may decide this one.</summary>
    private bool IsTestedOnce(Operand operand) => Has(operand) && _tests.GetValueOrDefault(SourceOf(operand)) == 1;

    /// <summary>Whether the types alone decide nothing.</summary>
    private bool IsOpen(Branch branch) => ScalarArithmetic.Decide(branch.Op, RangeOf(branch.Left), RangeOf(branch.Right), branch.Type) is null;

    /// <summary>The local that a value is a copy of, converted or not; -1 for a constant.</summary>
    private int SourceOf(Operand operand, int depth = 0)
    {
        if (operand.Kind != OperandKind.Local) return -1;
        return depth < MostCopies && CopiedTo(operand.LocalId) is { } copied ? SourceOf(copied, depth + 1) : operand.LocalId;
    }

    /// <summary>The numbers that the types of a value, and of what it is a copy of, leave.</summary>
    private ScalarRange RangeOf(Operand operand, int depth = 0) =>
        operand.Kind == OperandKind.Const ? ScalarRange.Const(operand.Value)
        : operand.Kind == OperandKind.Local && depth < MostCopies && CopiedTo(operand.LocalId) is { Kind: OperandKind.Local } copied
            ? RangeOf(copied, depth + 1).ConvertTo(operand.Type) : ScalarRange.Of(operand.Type);

    /// <summary>What a local is a copy of, where it never is anything else.</summary>
    private Operand? CopiedTo(int local) => _parameters.Contains(local) || !_definitions.TryGetValue(local, out var given) ? null : given switch
    {
        [Assign { Value: Use use }] => use.Value,
        [Assign { Value: Cast cast }] => cast.Value,
        _ => null,
    };

    private bool Has(Operand operand) => operand.Kind == OperandKind.Local && _locals.Contains(operand.LocalId);

    private bool IsRuntime(UnitFacts unit, Instr definition) => definition switch
    {
        Load load => Has(load.Pointer),
        Call { Callee: HelperCallee } => true,
        Call { Callee: DirectCallee direct } => unit.FindFunction(direct.Name) is null,
        Assign { Value: Use use } => Has(use.Value),
        Assign { Value: Cast { To: IntType { IsBool: false } or PointerType } cast } => Has(cast.Value),
        Assign { Value: FieldAddr step } => Has(step.Pointer),
        Assign { Value: AddressOfGlobal address } => unit.Globals.TryGetValue(address.Name, out var global) && global.IsVolatile,
        _ => false,
    };
}
