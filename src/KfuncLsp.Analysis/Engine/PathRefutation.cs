using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Whether a path is one that nobody takes, for a reason that compiler and verifier see: bounds and bits of one number, or one number compared with itself.</summary>
/// <remarks>What only two numbers together tell is none: <c>a &lt; b</c> and <c>b &lt; a</c>. The verifier goes both ways there, unless the compiler left one out.</remarks>
internal sealed class PathRefutation
{
    private const int MostConditions = 256;

    private readonly Dictionary<Term, NumberFacts> _facts = new(TermEquality.Instance);

    /// <summary>Whether the conditions of a path contradict each other; of more than can be looked at, only the last ones count.</summary>
    public static bool IsImpossible(PathCondition? last)
    {
        var refutation = new PathRefutation();
        var conditions = new List<PathCondition>();
        for (var condition = last; condition is not null && conditions.Count < MostConditions; condition = condition.Earlier) conditions.Add(condition);
        conditions.Reverse();
        return conditions.Exists(refutation.Fails);
    }

    /// <summary>Whether a condition fails for what is known of its sides by then; else its sides are known better.</summary>
    private bool Fails(PathCondition condition)
    {
        var (op, left, right, type) = (condition.Op, condition.Left, condition.Right, condition.Type);
        if (op is BinaryOp.Ne or BinaryOp.Lt or BinaryOp.Gt && TermEquality.Instance.Equals(left, right)) return true;
        if (NumberFacts.Decide(op, FactsOf(left), FactsOf(right), type) == false) return true;
        return !Learn(op, left, right, type) || !Learn(ScalarArithmetic.Swap(op), right, left, type);
    }

    private bool Learn(BinaryOp op, Term term, Term other, CType type)
    {
        if (term is ConstTerm || other is not ConstTerm constant) return true;
        var facts = FactsOf(term);
        if (ScalarArithmetic.Refine(op, facts.Range, ScalarRange.Const(constant.Value), type) is not { } range) return false;
        _facts[term] = facts.Within(range);
        return true;
    }

    private NumberFacts FactsOf(Term term) => _facts.TryGetValue(term, out var known) ? known : NumberFacts.Of(term);

    /// <summary>Terms are one where they are computed alike from the same numbers.</summary>
    private sealed class TermEquality : IEqualityComparer<Term>
    {
        public static readonly TermEquality Instance = new();

        public bool Equals(Term? one, Term? other) => ReferenceEquals(one, other) || (one, other) switch
        {
            (ConstTerm a, ConstTerm b) => a.Value == b.Value,
            (ConvertedTerm a, ConvertedTerm b) => a.To == b.To && Equals(a.Value, b.Value),
            (BitsTerm a, BitsTerm b) => a.Op == b.Op && a.Type == b.Type && Equals(a.Value, b.Value),
            (ComputedTerm a, ComputedTerm b) => a.Op == b.Op && a.Type == b.Type && Equals(a.Left, b.Left) && Equals(a.Right, b.Right),
            _ => false,
        };

        public int GetHashCode(Term term) => term switch
        {
            ConstTerm constant => constant.Value.GetHashCode(),
            ConvertedTerm converted => HashCode.Combine(converted.To, GetHashCode(converted.Value)),
            BitsTerm bits => HashCode.Combine(bits.Op, GetHashCode(bits.Value)),
            ComputedTerm computed => HashCode.Combine(computed.Op, GetHashCode(computed.Left), GetHashCode(computed.Right)),
            _ => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(term),
        };
    }
}
