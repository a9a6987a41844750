using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Ir;

public sealed class AvailableAssignmentsTests
{
    private static readonly Branch s_anyWay = new(BinaryOp.Ne, Operand.Unknown(IrSamples.S32), Operand.Const(0, IrSamples.S32), IrSamples.S32, 1, 2, default);

    [Fact]
    public void An_assignment_holds_until_something_it_names_has_another_value()
    {
        var function = IrSamples.Function(
        [
            new(0, [IsBig(1, 0)], new Jump(1, default)),
            new(1, [IsBig(2, 0)], new Jump(2, default)),
            new(2, [Set(1)], new Jump(3, default)),
            new(3, [Set(0)], new Return(null, default)),
        ]);
        Assert.Equal([[1], [1, 2], [2], []], At(function));
    }

    [Fact]
    public void What_holds_on_one_way_only_does_not_hold_where_the_ways_meet()
    {
        var function = IrSamples.Function(
        [
            new(0, [IsBig(1, 0)], s_anyWay),
            new(1, [IsBig(2, 0)], new Jump(3, default)),
            new(2, [Set(1)], new Jump(3, default)),
            new(3, [], new Return(null, default)),
        ]);
        Assert.Equal([[1], [1, 2], [], []], At(function));
    }

    /// <summary>The number is read anew after the comparison: the comparison is of the number before.</summary>
    [Fact]
    public void In_a_loop_the_last_round_counts()
    {
        var function = IrSamples.Function(
        [
            new(0, [], new Jump(1, default)),
            new(1, [IsBig(1, 0)], s_anyWay with { Then = 2, Else = 3 }),
            new(2, [Set(0)], new Jump(1, default)),
            new(3, [], new Return(null, default)),
        ]);
        Assert.Equal([[], [1], [], [1]], At(function));
    }

    [Fact]
    public void What_is_computed_from_itself_says_nothing() =>
        Assert.Equal([[]], At(IrSamples.Function([new(0, [IsBig(1, 1)], new Return(null, default))])));

    private static int[][] At(FunctionIr function)
    {
        var available = AvailableAssignments.Of(function);
        return [.. function.Blocks.Select(b => Enumerable.Range(0, function.Locals.Count).Where(l => available.ValueAtEnd(b.Id, l) is not null).ToArray())];
    }

    private static Assign IsBig(int target, int of) => new(target, new Binary(BinaryOp.Gt, Operand.Local(of, IrSamples.S32), Operand.Const(3, IrSamples.S32), IrSamples.S32), default);
    private static Havoc Set(int target) => new(target, "", default);
}
