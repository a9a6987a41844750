using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Analysis;

/// <summary>What is said of a number holds of every number that it may be.</summary>
public sealed class NumberFactsTests
{
    private const int Terms = 20_000;

    private static readonly IntType[] s_types = [new(8, false), new(8, true), new(16, false), new(32, false), new(32, true), new(64, false), new(64, true)];
    private static readonly BinaryOp[] s_operations =
        [BinaryOp.Add, BinaryOp.Sub, BinaryOp.Mul, BinaryOp.And, BinaryOp.Or, BinaryOp.Xor, BinaryOp.Shl, BinaryOp.Shr, BinaryOp.Div, BinaryOp.Mod, BinaryOp.Eq, BinaryOp.Lt, BinaryOp.Ge];

    private readonly Random _random = new(20261128);
    private readonly Dictionary<UnknownTerm, long> _values = [];

    [Fact]
    public void A_number_keeps_the_bounds_and_bits_that_its_computation_tells()
    {
        var asked = 0;
        for (var i = 0; i < Terms; i++)
        {
            _values.Clear();
            var term = Any(4);
            if (Value(term) is not { } value) continue;
            var facts = NumberFacts.Of(term);
            Assert.True(facts.Range.Contains(value), $"{value} is not in {facts.Range}");
            Assert.Equal(0UL, facts.Clear & (ulong)value);
            Assert.Equal(facts.Set, facts.Set & (ulong)value);
            asked++;
        }

        Assert.InRange(asked, Terms / 2, Terms);
    }

    private Term Any(int depth)
    {
        var type = s_types[_random.Next(s_types.Length)];
        switch (depth == 0 ? _random.Next(2) : _random.Next(8))
        {
            case 0: return Term.Of(_random.Next(3) == 0 ? _random.NextInt64(long.MinValue, long.MaxValue) : _random.Next(-3, 70));
            case 1:
                var low = _random.Next(3) == 0 ? _random.NextInt64(long.MinValue, long.MaxValue) : _random.Next(-5, 100);
                var range = new ScalarRange(low, low > long.MaxValue - 1000 ? long.MaxValue : low + _random.Next(1000));
                var unknown = new UnknownTerm(range);
                _values[unknown] = range.Min + _random.NextInt64(range.Max - range.Min + 1);
                return unknown;
            case 2: return Term.Convert(Any(depth - 1), type);
            default: return Term.Compute(s_operations[_random.Next(s_operations.Length)], Any(depth - 1), Any(depth - 1), type);
        }
    }

    /// <summary>Null for what C does not define, as a shift by too much.</summary>
    private long? Value(Term term)
    {
        switch (term)
        {
            case ConstTerm constant: return constant.Value;
            case UnknownTerm unknown: return _values[unknown];
            case ConvertedTerm converted: return Value(converted.Value) is { } value ? ScalarRange.Const(value).ConvertTo(converted.To).Min : null;
            case ComputedTerm computed:
                if (Value(computed.Left) is not { } left || Value(computed.Right) is not { } right) return null;
                if (ScalarArithmetic.IsComparison(computed.Op)) return ScalarArithmetic.Decide(computed.Op, ScalarRange.Const(left), ScalarRange.Const(right), computed.Type) == true ? 1 : 0;
                return ScalarArithmetic.Apply(computed.Op, ScalarRange.Const(left), ScalarRange.Const(right), computed.Type) is { IsConst: true } result ? result.Min : null;
            default: throw new InvalidOperationException(term.GetType().Name);
        }
    }
}
