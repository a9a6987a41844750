namespace KfuncLsp.Ir;

/// <summary>Gives comparisons of two locals that several branches of a function make a local each, so that what one branch finds can be kept for the next.</summary>
/// <remarks>A comparison with a constant needs none: the number's own range keeps it.</remarks>
public static class RepeatedComparisons
{
    private static readonly IntType s_answer = new(32, IsSigned: true);

    public static FunctionIr Name(FunctionIr function)
    {
        var repeated = function.Blocks.Where(b => KeyOf(function, b.End) is not null).GroupBy(b => KeyOf(function, b.End)).Where(g => g.Count() > 1).SelectMany(g => g).Select(b => b.Id).ToHashSet();
        if (repeated.Count == 0) return function;
        var locals = function.Locals.Items.ToBuilder();
        var blocks = function.Blocks.Items.ToBuilder();
        foreach (var id in repeated.Order())
        {
            var branch = (Branch)blocks[id].End;
            var answer = new LocalVar(locals.Count, "", s_answer, LocalKind.Temporary, InMemory: false, branch.Span);
            locals.Add(answer);
            blocks[id] = blocks[id] with
            {
                Instructions = [.. blocks[id].Instructions, new Assign(answer.Id, new Binary(branch.Op, branch.Left, branch.Right, branch.Type), branch.Span)],
                End = branch with { Op = BinaryOp.Ne, Left = Operand.Local(answer.Id, s_answer), Right = Operand.Const(0, s_answer), Type = s_answer },
            };
        }

        return function with { Locals = locals.ToImmutable(), Blocks = blocks.ToImmutable() };
    }

    /// <summary>What is compared, in either order; null where a branch compares something else than two locals.</summary>
    private static (int, int, CType)? KeyOf(FunctionIr function, Terminator end) =>
        end is Branch { Left: { Kind: OperandKind.Local } left, Right: { Kind: OperandKind.Local } right } branch && branch.Then != branch.Else && !function.IsRegister(left) && !function.IsRegister(right)
            ? (Math.Min(left.LocalId, right.LocalId), Math.Max(left.LocalId, right.LocalId), branch.Type) : null;
}
