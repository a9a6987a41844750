using System.Numerics;
using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>What is known of a number from how it is computed: its bounds, and bits that are surely clear or set.</summary>
/// <remarks>As the kernel's <c>struct tnum</c> with its bounds, and the compiler's known bits, have it.</remarks>
internal readonly record struct NumberFacts(ScalarRange Range, ulong Clear, ulong Set)
{
    private const int SignBit = 63;

    private ulong Unknown => ~(Clear | Set);

    public static NumberFacts Of(ScalarRange range) => new NumberFacts(range, 0, 0).Settled();

    /// <summary>What follows from a term alone, whatever was asked on the way.</summary>
    public static NumberFacts Of(Term term) => term switch
    {
        ConstTerm constant => new(ScalarRange.Const(constant.Value), ~(ulong)constant.Value, (ulong)constant.Value),
        UnknownTerm unknown => Of(unknown.Range),
        ConvertedTerm converted => Of(converted.Value).ConvertTo(converted.To),
        BitsTerm bits => Of(ScalarArithmetic.Apply(bits.Op, Of(bits.Value).Range, bits.Type)),
        ComputedTerm computed => Of(computed),
        _ => Of(ScalarRange.Any),
    };

    private static NumberFacts Of(ComputedTerm term)
    {
        var (left, right) = (Of(term.Left).ConvertTo(term.Type), Of(term.Right).ConvertTo(term.Type));
        if (ScalarArithmetic.IsComparison(term.Op)) return Of(Decide(term.Op, left, right, term.Type) is { } answer ? ScalarRange.Const(answer ? 1 : 0) : ScalarRange.Bool);
        var (clear, set) = BitsOf(term, left, right);
        return new NumberFacts(ScalarRange.Any, clear, set).ConvertTo(term.Type).Within(ScalarArithmetic.Apply(term.Op, left.Range, right.Range, term.Type));
    }

    /// <summary>What a comparison surely gives; null where both answers are possible.</summary>
    public static bool? Decide(BinaryOp op, NumberFacts left, NumberFacts right, CType type)
    {
        (left, right) = (left.ConvertTo(type), right.ConvertTo(type));
        if (op is BinaryOp.Eq or BinaryOp.Ne && ((left.Clear & right.Set) | (left.Set & right.Clear)) != 0) return op == BinaryOp.Ne;
        return ScalarArithmetic.Decide(op, left.Range, right.Range, type);
    }

    /// <summary>The same with other bounds as well.</summary>
    public NumberFacts Within(ScalarRange range) => (this with { Range = Range.Intersect(range) ?? range }).Settled();

    public NumberFacts ConvertTo(CType type)
    {
        if (type is not IntType { Bits: > 0 and < 64 } narrow) return this;
        if (narrow.IsBool) return Of(Set != 0 ? ScalarRange.Const(1) : Range.ConvertTo(type));
        var (kept, sign) = (ulong.MaxValue >> (64 - narrow.Bits), 1UL << (narrow.Bits - 1));
        var (clear, set) = (Clear & kept, Set & kept);
        if (!narrow.IsSigned || (clear & sign) != 0) clear |= ~kept;
        else if ((set & sign) != 0) set |= ~kept;
        return new NumberFacts(Range.ConvertTo(type), clear, set).Settled();
    }

    private static (ulong Clear, ulong Set) BitsOf(ComputedTerm term, NumberFacts left, NumberFacts right)
    {
        var isSigned = term.Type is not IntType { IsSigned: false };
        switch (term.Op)
        {
            case BinaryOp.And: return (left.Clear | right.Clear, left.Set & right.Set);
            case BinaryOp.Or: return (left.Clear & right.Clear, left.Set | right.Set);
            case BinaryOp.Xor:
                var same = ~(left.Unknown | right.Unknown);
                return (~(left.Set ^ right.Set) & same, (left.Set ^ right.Set) & same);
            case BinaryOp.Shl when right.Range is { IsConst: true, Min: >= 0 and < 64 and var by }:
                return ((left.Clear << (int)by) | ((1UL << (int)by) - 1), left.Set << (int)by);
            case BinaryOp.Shr when right.Range is { IsConst: true, Min: >= 0 and < 64 and var by }:
                return isSigned ? ((ulong)((long)left.Clear >> (int)by), (ulong)((long)left.Set >> (int)by)) : (~(~left.Clear >> (int)by), left.Set >> (int)by);
            case BinaryOp.Add:
                var sum = left.Set + right.Set;
                return Carried(sum, sum + left.Unknown + right.Unknown, sum, left, right);
            case BinaryOp.Sub:
                var difference = left.Set - right.Set;
                return Carried(difference, difference + left.Unknown, difference - right.Unknown, left, right);
            case BinaryOp.Mul:
                var zeros = Math.Min(64, BitOperations.TrailingZeroCount(~left.Clear) + BitOperations.TrailingZeroCount(~right.Clear));
                return (zeros == 64 ? ulong.MaxValue : (1UL << zeros) - 1, 0);
            default: return (0, 0);
        }
    }

    /// <summary>Of a sum or difference, the bits that are the same at both ends of what it may be.</summary>
    private static (ulong Clear, ulong Set) Carried(ulong value, ulong most, ulong least, NumberFacts left, NumberFacts right)
    {
        var known = ~((most ^ least) | left.Unknown | right.Unknown);
        return (~value & known, value & known);
    }

    /// <summary>Bounds tell high bits, and bits tell bounds.</summary>
    private NumberFacts Settled()
    {
        var (range, clear, set) = (Range, Clear, Set);
        if (range.IsConst) return new(range, ~(ulong)range.Min, (ulong)range.Min);
        if (range.Min >= 0) clear |= ~(ulong.MaxValue >> BitOperations.LeadingZeroCount((ulong)range.Max));
        if (clear >> SignBit == 1 && range.Intersect(new((long)set, (long)~clear)) is { } tighter) range = tighter;
        return new(range, clear, set);
    }
}
