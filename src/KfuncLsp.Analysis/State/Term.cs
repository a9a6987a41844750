using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>How a number was computed, from numbers that nothing is known of.</summary>
/// <remarks>Units: 64-bit values as <see cref="ScalarRange"/> has them.</remarks>
internal abstract class Term
{
    /// <summary>What takes more steps than that is a number of its own.</summary>
    private const int MostSteps = 48;

    /// <summary>How many operations it takes.</summary>
    public int Steps { get; private init; }

    public static Term Of(long value) => new ConstTerm(value);

    public static Term Convert(Term value, CType to) =>
        value is ConstTerm constant ? Of(ScalarRange.Const(constant.Value).ConvertTo(to).Min)
        : value.Steps < MostSteps ? new ConvertedTerm(value, to) { Steps = value.Steps + 1 } : new UnknownTerm(ScalarRange.Of(to));

    public static Term Compute(BinaryOp op, Term left, Term right, CType type) =>
        left.Steps + right.Steps < MostSteps ? new ComputedTerm(op, left, right, type) { Steps = left.Steps + right.Steps + 1 }
        : new UnknownTerm(ScalarArithmetic.IsComparison(op) ? ScalarRange.Bool : ScalarRange.Of(type));

    public static Term Compute(UnaryOp op, Term value, CType type) => op switch
    {
        UnaryOp.LogicalNot => Compute(BinaryOp.Eq, value, Of(0), type),
        UnaryOp.Neg => Compute(BinaryOp.Sub, Of(0), value, type),
        UnaryOp.BitNot => Compute(BinaryOp.Xor, value, Of(-1), type),
        UnaryOp.IsConstant => new UnknownTerm(ScalarRange.Bool),
        _ => value.Steps < MostSteps ? new BitsTerm(op, value, type) { Steps = value.Steps + 1 } : new UnknownTerm(ScalarArithmetic.Apply(op, ScalarRange.Any, type)),
    };
}

internal sealed class ConstTerm(long value) : Term
{
    public long Value => value;
}

/// <summary>Any number of a range; another one than every other such term.</summary>
internal sealed class UnknownTerm(ScalarRange range) : Term
{
    public ScalarRange Range => range;

    /// <summary>Whether the compiler or the verifier may know it: which ways that leaves out is not known here.</summary>
    public bool IsLost { get; init; }

    /// <summary>Whether it was read from where the program had read nothing before: neither compiler nor verifier know more of it than its conditions say.</summary>
    public bool IsReadFirst { get; init; }
}

internal sealed class ConvertedTerm(Term value, CType to) : Term
{
    public Term Value => value;
    public CType To => to;
}

/// <summary>What a builtin makes of a number's bits.</summary>
internal sealed class BitsTerm(UnaryOp op, Term value, CType type) : Term
{
    public UnaryOp Op => op;
    public Term Value => value;
    public CType Type => type;
}

internal sealed class ComputedTerm(BinaryOp op, Term left, Term right, CType type) : Term
{
    public BinaryOp Op => op;
    public Term Left => left;
    public Term Right => right;
    public CType Type => type;
}

/// <summary>What a branch that was taken says of numbers, and what those before it said.</summary>
internal sealed record PathCondition(BinaryOp Op, Term Left, Term Right, CType Type, PathCondition? Earlier);
