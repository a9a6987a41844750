using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>A comparison, and what holds of it.</summary>
internal sealed record Condition(BinaryOp Op, Operand Left, Operand Right, CType Type)
{
    public Condition Negated => this with { Op = ScalarArithmetic.Negate(Op) };

    public Condition Swapped => new(ScalarArithmetic.Swap(Op), Right, Left, Type);

    /// <summary>The same, with the constant, if there is one, on the right.</summary>
    public Condition InOrder => Left.Kind == OperandKind.Const ? Swapped : this;
}

/// <summary>What a branch says of other values than those it compares: of what they were computed from, and of what was computed just as they were.</summary>
/// <remarks>
/// After <c>bool big = n > 3;</c> a branch on <c>big</c> is one on <c>n</c>. The compiler knows, and leaves out the ways that contradict each other before the
/// verifier sees them. Loads are no part of it: the values that memory keeps know of each other anyway.
/// </remarks>
internal sealed class BranchConsequences
{
    /// <summary>More than that one branch does not say: a bound against equations that lead to ever more.</summary>
    private const int Most = 16;

    private readonly Condition[]?[] _whereHolds;
    private readonly Condition[]?[] _whereFails;
    private readonly Operand[]?[] _equalToCase;

    public BranchConsequences(FunctionIr function)
    {
        (_whereHolds, _whereFails, _equalToCase) = (new Condition[function.Blocks.Count][], new Condition[function.Blocks.Count][], new Operand[function.Blocks.Count][]);
        var available = AvailableAssignments.Of(function);
        foreach (var block in function.Blocks)
        {
            if (block.End is not (Branch or Switch)) continue;
            var equations = new Equations(function, available.AtEndOf(block.Id));
            if (equations.IsEmpty) continue;
            if (block.End is Branch branch && branch.Then != branch.Else)
            {
                var condition = new Condition(branch.Op, branch.Left, branch.Right, branch.Type);
                _whereHolds[block.Id] = equations.Follow(condition);
                _whereFails[block.Id] = equations.Follow(condition.Negated);
            }
            else if (block.End is Switch { Value: { Kind: OperandKind.Local } value }) _equalToCase[block.Id] = [.. equations.EqualTo(value)];
        }
    }

    /// <summary>What holds besides where the branch at a block's end is taken, or not.</summary>
    public IReadOnlyList<Condition> Of(int block, bool holds) => (holds ? _whereHolds : _whereFails)[block] ?? [];

    /// <summary>The locals that have the number which the <c>switch</c> at a block's end asks for.</summary>
    public IReadOnlyList<Operand> EqualToCase(int block) => _equalToCase[block] ?? [];

    /// <summary>Calls <paramref name="read"/> for every operand that the end of a block says something of, besides its own.</summary>
    public void ForEachUse(int block, Action<Operand> read)
    {
        foreach (var condition in Of(block, true).Concat(Of(block, false)))
        {
            read(condition.Left);
            read(condition.Right);
        }

        foreach (var operand in EqualToCase(block)) read(operand);
    }

    /// <summary>What the locals of a function are equal to at one place.</summary>
    private sealed class Equations(FunctionIr function, IEnumerable<Assign> available)
    {
        private readonly Dictionary<int, Rvalue> _valueOf = available.ToDictionary(a => a.Target, a => a.Value);
        private readonly Dictionary<int, int> _standsFor = [];
        private readonly Dictionary<(Rvalue Value, CType Type), int> _first = [];

        public bool IsEmpty => _valueOf.Count == 0;

        /// <summary>What follows from a condition, without itself.</summary>
        public Condition[]? Follow(Condition start)
        {
            var found = new List<Condition> { start.InOrder };
            for (var i = 0; i < found.Count && found.Count <= Most; i++)
            {
                FollowAnswers(found[i], found);
                FollowValue(found[i], found);
            }

            found.RemoveAt(0);
            return found.Count == 0 ? null : [.. found];
        }

        /// <summary>The other locals that were computed just as one was.</summary>
        public Operand[] EqualTo(Operand local)
        {
            var same = StandsFor(local.LocalId);
            return [.. _valueOf.Keys.Where(l => l != local.LocalId && StandsFor(l) == same).Select(Local).Where(o => o.Type == local.Type)];
        }

        /// <summary>The first of the locals that have one number, as far as it is known: what is computed of one is computed of all.</summary>
        /// <remarks>No equation leads back to its target: an assignment to something that an equation names ends it.</remarks>
        private int StandsFor(int local)
        {
            if (_standsFor.TryGetValue(local, out var known)) return known;
            if (!_valueOf.TryGetValue(local, out var value)) return local;
            var type = function.Locals[local].Type;
            var first = value is Use { Value: { Kind: OperandKind.Local } copied } && copied.Type == type ? StandsFor(copied.LocalId)
                : _first.TryGetValue((InFirsts(value), type), out var other) ? other : _first[(InFirsts(value), type)] = local;
            return _standsFor[local] = first;
        }

        private Operand InFirsts(Operand operand) => operand.Kind == OperandKind.Local ? Operand.Local(StandsFor(operand.LocalId), operand.Type) : operand;

        private Rvalue InFirsts(Rvalue value) => value switch
        {
            Use u => new Use(InFirsts(u.Value)),
            Cast c => c with { Value = InFirsts(c.Value) },
            Unary u => u with { Value = InFirsts(u.Value) },
            Binary b => b with { Left = InFirsts(b.Left), Right = InFirsts(b.Right) },
            _ => value,
        };

        private Condition InFirsts(Condition condition) => condition with { Left = InFirsts(condition.Left), Right = InFirsts(condition.Right) };

        /// <summary>The locals that hold the answer to a condition.</summary>
        private void FollowAnswers(Condition condition, List<Condition> found)
        {
            foreach (var (local, value) in _valueOf)
                if (value is Binary comparison && IsComparison(comparison) && AnswerOf(InFirsts(Asked(comparison)), InFirsts(condition)) is { } answer)
                    Add(found, IsTrue(Local(local), answer));
        }

        /// <summary>What a condition on a local says of the locals that it was computed from.</summary>
        private void FollowValue(Condition condition, List<Condition> found)
        {
            if (condition is not { Left: { Kind: OperandKind.Local } left, Right: { Kind: OperandKind.Const, Value: var constant } right } || !_valueOf.TryGetValue(left.LocalId, out var value)) return;
            foreach (var other in EqualTo(left)) Add(found, condition with { Left = other });
            var isEquality = condition.Op is BinaryOp.Eq or BinaryOp.Ne;
            switch (value)
            {
                case Use { Value: { Kind: OperandKind.Local } copied } when copied.Type == left.Type: Add(found, condition with { Left = copied }); return;
                case Cast { Value: { Kind: OperandKind.Local, Type: IntType from } cast, To: IntType { IsBool: false } to } when isEquality && KeepsValue(from, to) && State.ScalarRange.Of(from).Contains(constant):
                    Add(found, condition with { Left = cast, Right = right with { Type = from }, Type = from });
                    return;
            }

            if (!isEquality || TruthOf(condition.Op == BinaryOp.Eq, constant, value) is not { } isTrue) return;
            switch (value)
            {
                case Cast { Value: { Kind: OperandKind.Local } cast, To: IntType { IsBool: true } }: Add(found, IsTrue(cast, isTrue)); break;
                case Unary { Op: UnaryOp.LogicalNot, Value: { Kind: OperandKind.Local } negated }: Add(found, IsTrue(negated, !isTrue)); break;
                case Binary comparison when IsComparison(comparison): Add(found, Asked(comparison) is var asked && isTrue ? asked : asked.Negated); break;
                // Of two truths, both hold where their product does; of their sum, neither where it does not.
                case Binary { Op: BinaryOp.And or BinaryOp.Or } pair when isTrue == (pair.Op == BinaryOp.And) && IsTruth(pair.Left) && IsTruth(pair.Right):
                    Add(found, IsTrue(pair.Left, isTrue));
                    Add(found, IsTrue(pair.Right, isTrue));
                    break;
            }
        }

        /// <summary>Whether a value that is a constant, or is not, is true; null where that says neither.</summary>
        private static bool? TruthOf(bool isEqual, long constant, Rvalue value) =>
            constant == 0 ? !isEqual : isEqual ? true : constant == 1 && IsTruth(value) ? false : null;

        private bool IsTruth(Operand operand) => operand.Kind == OperandKind.Local && (operand.Type is IntType { IsBool: true } || (_valueOf.TryGetValue(operand.LocalId, out var value) && IsTruth(value)));

        private static bool IsTruth(Rvalue value) => value is Cast { To: IntType { IsBool: true } } or Unary { Op: UnaryOp.LogicalNot } || (value is Binary b && IsComparison(b));

        private static bool IsComparison(Binary binary) => ScalarArithmetic.IsComparison(binary.Op);

        private static bool KeepsValue(IntType from, IntType to) => from.Bits < to.Bits ? !from.IsSigned || to.IsSigned : from.Bits == to.Bits && from.IsSigned == to.IsSigned;

        private Operand Local(int local) => Operand.Local(local, function.Locals[local].Type);

        private static Condition IsTrue(Operand operand, bool isTrue) => new(isTrue ? BinaryOp.Ne : BinaryOp.Eq, operand, Operand.Const(0, operand.Type), operand.Type);

        private static Condition Asked(Binary comparison) => new Condition(comparison.Op, comparison.Left, comparison.Right, comparison.Type).InOrder;

        private static void Add(List<Condition> found, Condition next)
        {
            if (!found.Contains(next)) found.Add(next);
        }

        /// <summary>What a comparison gives where a condition holds that asks the same, or the opposite; null where it asks something else.</summary>
        private static bool? AnswerOf(Condition asked, Condition condition)
        {
            if (asked.Left == condition.Right && asked.Right == condition.Left) asked = asked.Swapped;
            return asked == condition ? true : asked.Negated == condition ? false : null;
        }
    }
}
