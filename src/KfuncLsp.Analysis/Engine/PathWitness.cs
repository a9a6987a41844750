using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Values of what is not known that lead along a path: whoever runs the program with them comes there, so that no verifier can overlook it.</summary>
/// <remarks>
/// Two conditions of a path may contradict each other in a way that ranges do not show: <c>a - 5 == 0</c> and <c>a != 5</c>. The compiler and the verifier often
/// see that, each in its own way. So a finding counts only where values are found, by a search that starts from the constants in the conditions, always in the same order.
/// </remarks>
internal sealed class PathWitness
{
    private const int MostConditions = 256;
    private const int Attempts = 24;
    private const int RepairsPerCondition = 12;

    /// <summary>How many conditions one search may look at.</summary>
    private const int MostLooks = 100_000;

    /// <summary>How many conditions may be looked at in the time that an instruction of a path takes.</summary>
    private const int LooksPerStep = 16;

    private readonly List<PathCondition> _conditions;
    private readonly List<UnknownTerm> _unknowns;
    private readonly Dictionary<UnknownTerm, long> _values = new(ReferenceEqualityComparer.Instance);
    private readonly List<long> _candidates = [0, 1, -1];
    private uint _random = 2463534242;

    /// <summary>Whether a signed number has overflown, or what has no answer was asked, since it was looked at last: in C that does not happen.</summary>
    private bool _isUndefined;
    private int _looks;

    private PathWitness(List<PathCondition> conditions, List<UnknownTerm> unknowns)
    {
        (_conditions, _unknowns) = (conditions, unknowns);
        foreach (var condition in conditions)
        {
            AddCandidates(condition.Left);
            AddCandidates(condition.Right);
        }
    }

    /// <summary>Whether there are such values; of more conditions than can be looked at, only the last ones count.</summary>
    /// <remarks>Units: <paramref name="steps"/> is what the search cost, in instructions explored.</remarks>
    public static bool Exists(PathCondition? last, out long steps)
    {
        steps = 0;
        var groups = new List<(List<PathCondition> Conditions, List<UnknownTerm> Unknowns)>();
        var count = 0;
        for (var condition = last; condition is not null && count < MostConditions; condition = condition.Earlier, count++)
        {
            var unknowns = UnknownsIn(condition);
            if (unknowns.Count == 0) continue;
            if (unknowns.Any(u => u.IsLost)) return false;
            var conditions = new List<PathCondition> { condition };
            foreach (var group in groups.Where(g => g.Unknowns.Any(unknowns.Contains)).ToArray())
            {
                groups.Remove(group);
                conditions.AddRange(group.Conditions);
                unknowns.AddRange(group.Unknowns.Except(unknowns));
            }

            groups.Add((conditions, unknowns));
        }

        foreach (var (conditions, unknowns) in groups)
        {
            var witness = new PathWitness(conditions, unknowns);
            var isFound = witness.Search();
            steps += witness._looks / LooksPerStep;
            if (!isFound) return false;
        }

        return true;
    }

    /// <summary>Whether of each number that a term is computed from no more is known to anybody than the conditions of the path say.</summary>
    public static bool IsComplete(Term term)
    {
        var unknowns = new List<UnknownTerm>();
        AddUnknowns(term, unknowns);
        return unknowns.TrueForAll(u => u.IsReadFirst);
    }

    private static List<UnknownTerm> UnknownsIn(PathCondition condition)
    {
        var found = new List<UnknownTerm>();
        AddUnknowns(condition.Left, found);
        AddUnknowns(condition.Right, found);
        return found;
    }

    private static void AddUnknowns(Term term, List<UnknownTerm> found)
    {
        switch (term)
        {
            case UnknownTerm unknown:
                if (!found.Contains(unknown)) found.Add(unknown);
                break;
            case ConvertedTerm converted: AddUnknowns(converted.Value, found); break;
            case BitsTerm bits: AddUnknowns(bits.Value, found); break;
            case ComputedTerm computed:
                AddUnknowns(computed.Left, found);
                AddUnknowns(computed.Right, found);
                break;
        }
    }

    private void AddCandidates(Term term)
    {
        switch (term)
        {
            case ConstTerm constant:
                foreach (var near in new[] { constant.Value, constant.Value + 1, constant.Value - 1 })
                    if (!_candidates.Contains(near)) _candidates.Add(near);
                break;
            case ConvertedTerm converted: AddCandidates(converted.Value); break;
            case BitsTerm bits: AddCandidates(bits.Value); break;
            case ComputedTerm computed:
                AddCandidates(computed.Left);
                AddCandidates(computed.Right);
                break;
        }
    }

    private bool Search()
    {
        for (var attempt = 0; attempt < Attempts && _looks < MostLooks; attempt++)
        {
            foreach (var unknown in _unknowns) _values[unknown] = Fit(attempt == 0 ? 0 : Candidate(), unknown.Range);
            var repairs = RepairsPerCondition * (_conditions.Count + 1);
            while (repairs-- > 0 && _looks < MostLooks)
            {
                if (Broken() is not { } condition) return true;
                if (Random(8) == 0) ChangeOne(condition);
                else Satisfy(condition.Op, condition.Left, condition.Right, condition.Type);
            }
        }

        return Broken() is null;
    }

    /// <summary>A condition that does not hold; not always the first.</summary>
    private PathCondition? Broken()
    {
        var first = Random(_conditions.Count);
        for (var i = 0; i < _conditions.Count; i++)
        {
            var condition = _conditions[(first + i) % _conditions.Count];
            (_isUndefined, _looks) = (false, _looks + 1);
            if (!Holds(condition.Op, Value(condition.Left), Value(condition.Right), condition.Type) || _isUndefined) return condition;
        }

        return null;
    }

    /// <summary>Gives one of the numbers in a condition another value, whatever comes of it: so that the search leaves where it goes round.</summary>
    private void ChangeOne(PathCondition condition)
    {
        var unknowns = UnknownsIn(condition);
        var unknown = unknowns[Random(unknowns.Count)];
        _values[unknown] = Fit(Candidate(), unknown.Range);
    }

    private static bool Holds(BinaryOp op, long left, long right, CType type) =>
        ScalarArithmetic.Decide(op, ScalarRange.Const(left), ScalarRange.Const(right), type) == true;

    private long Value(Term term) => term switch
    {
        ConstTerm constant => constant.Value,
        UnknownTerm unknown => _values[unknown],
        ConvertedTerm converted => Cut(Value(converted.Value), converted.To),
        BitsTerm bits => Value(bits),
        ComputedTerm computed => Value(computed),
        _ => throw new InvalidOperationException($"unknown term {term.GetType().Name}"),
    };

    private long Value(BitsTerm term)
    {
        var value = Cut(Value(term.Value), term.Type);
        _isUndefined |= (value == 0 && term.Op is UnaryOp.LeadingZeros or UnaryOp.TrailingZeros) || (term.Op == UnaryOp.AbsoluteValue && value == ScalarRange.Of(term.Type).Min);
        return ScalarArithmetic.Apply(term.Op, ScalarRange.Const(value), term.Type).Min;
    }

    private long Value(ComputedTerm term)
    {
        var (left, right) = (Value(term.Left), Value(term.Right));
        _isUndefined |= term is { Op: BinaryOp.Add or BinaryOp.Sub or BinaryOp.Mul, Type: IntType { IsSigned: true } type } && Overflows(term.Op, Cut(left, type), Cut(right, type), type);
        return ScalarArithmetic.IsComparison(term.Op) ? Holds(term.Op, left, right, term.Type) ? 1 : 0
            : ScalarArithmetic.Apply(term.Op, ScalarRange.Const(left), ScalarRange.Const(right), term.Type) is { IsConst: true } result ? result.Min : 0;
    }

    private static bool Overflows(BinaryOp op, Int128 left, Int128 right, IntType type)
    {
        var exact = op switch { BinaryOp.Add => left + right, BinaryOp.Sub => left - right, _ => left * right };
        return exact < long.MinValue || exact > long.MaxValue || (type.Bits < 64 && !ScalarRange.Of(type).Contains((long)exact));
    }

    private static long Cut(long value, CType type) => ScalarRange.Const(value).ConvertTo(type).Min;

    /// <summary>Changes what is not known so that a comparison holds, if that is easily done.</summary>
    private void Satisfy(BinaryOp op, Term left, Term right, CType type)
    {
        if (right is ConstTerm ? false : left is ConstTerm || Random(2) == 0) (op, left, right) = (ScalarArithmetic.Swap(op), right, left);
        var bound = Cut(Value(right), type);
        var distance = Random(4) == 0 ? Random(64) : 0;
        Give(left, Cut(op switch
        {
            BinaryOp.Eq => bound,
            BinaryOp.Ne => Random(2) == 0 ? bound + 1 + distance : bound - 1 - distance,
            BinaryOp.Lt => bound - 1 - distance,
            BinaryOp.Le => bound - distance,
            BinaryOp.Gt => bound + 1 + distance,
            _ => bound + distance,
        }, type));
    }

    /// <summary>Changes what is not known so that a term has a value, if that is easily done.</summary>
    private void Give(Term term, long wanted)
    {
        switch (term)
        {
            case UnknownTerm unknown: _values[unknown] = Fit(wanted, unknown.Range); break;
            case ConvertedTerm { To: IntType { IsBool: true } } truth: Give(truth.Value, wanted == 0 ? 0 : Value(truth.Value) is not 0 and var now ? now : Candidate() is not 0 and var other ? other : 1); break;
            case ConvertedTerm { To: IntType { Bits: < 64 } narrow } cut:
                var mask = (1L << narrow.Bits) - 1;
                Give(cut.Value, Random(3) == 0 ? (Value(cut.Value) & ~mask) | (wanted & mask) : Random(2) == 0 ? wanted : wanted & mask);
                break;
            case ConvertedTerm converted: Give(converted.Value, wanted); break;
            case BitsTerm bits: Give(bits, wanted); break;
            case ComputedTerm comparison when ScalarArithmetic.IsComparison(comparison.Op):
                Satisfy(wanted != 0 ? comparison.Op : ScalarArithmetic.Negate(comparison.Op), comparison.Left, comparison.Right, comparison.Type);
                break;
            case ComputedTerm computed: Give(computed, wanted); break;
        }
    }

    private void Give(BitsTerm term, long wanted)
    {
        var count = (int)Math.Clamp(wanted, 0, 64);
        Give(term.Value, term.Op switch
        {
            UnaryOp.ByteSwap => ScalarArithmetic.Apply(UnaryOp.ByteSwap, ScalarRange.Const(wanted), term.Type).Min,
            UnaryOp.PopCount => count == 64 ? -1 : (1L << count) - 1,
            UnaryOp.LeadingZeros => 1L << Math.Max(0, (int)term.Type.Size * 8 - 1 - count),
            UnaryOp.TrailingZeros => 1L << count,
            UnaryOp.FirstSet => count == 0 ? 0 : 1L << (count - 1),
            _ => Random(2) == 0 ? wanted : -wanted,
        });
    }

    private void Give(ComputedTerm term, long wanted)
    {
        var isRight = term.Left is ConstTerm || (term.Right is not ConstTerm && Random(2) == 0);
        var (left, right) = (Cut(Value(term.Left), term.Type), Cut(Value(term.Right), term.Type));
        var (side, own, other) = isRight ? (term.Right, right, left) : (term.Left, left, right);
        long? value = term.Op switch
        {
            BinaryOp.Add => wanted - other,
            BinaryOp.Sub => isRight ? left - wanted : wanted + right,
            BinaryOp.Xor => wanted ^ other,
            BinaryOp.And => Random(4) == 0 && !isRight ? wanted : (own & ~other) | (wanted & other),
            BinaryOp.Or => Random(2) == 0 ? wanted : wanted & ~other,
            BinaryOp.Mul => other != 0 && other != -1 ? wanted / other : -wanted,
            BinaryOp.Div when !isRight => wanted * right + (Random(2) == 0 ? 0 : Random(Math.Max(1, (int)Math.Clamp(right, 1, 1 << 20)))),
            BinaryOp.Mod when !isRight && right != 0 && right != -1 => left - left % right + wanted,
            BinaryOp.Shl when !isRight && right is >= 0 and < 64 => (long)((ulong)wanted >> (int)right),
            BinaryOp.Shr when !isRight && right is >= 0 and < 64 => (wanted << (int)right) | (left & ((1L << (int)right) - 1)),
            _ => null,
        };
        Give(side, value is { } known ? Cut(known, term.Type) : Candidate());
    }

    /// <summary>The number of a range that is another as far as possible: itself, or its lower bits.</summary>
    private static long Fit(long value, ScalarRange range)
    {
        if (range.Contains(value)) return value;
        if (range.Contains((uint)value)) return (uint)value;
        if (range.Contains((ushort)value)) return (ushort)value;
        if (range.Contains((byte)value)) return (byte)value;
        return Math.Clamp(value, range.Min, range.Max);
    }

    private long Candidate()
    {
        var chosen = _candidates[Random(_candidates.Count)];
        return Random(6) switch { 0 => 1L << Random(64), 1 => chosen << Random(32), 2 => _values.Count > 0 ? _values.ElementAt(Random(_values.Count)).Value : chosen, _ => chosen };
    }

    private int Random(int below)
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return (int)(_random % (uint)below);
    }
}
