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
        if (available.IsEmpty) return;
        var alike = available.All.Select((a, i) => (Shape: Equations.ShapeOf(a.Value), Index: i)).GroupBy(a => a.Shape, a => a.Index).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var block in function.Blocks)
        {
            if (block.End is not (Branch or Switch)) continue;
            var equations = new Equations(function, block.Id, available, alike);
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

    /// <summary>What the locals of a function are equal to at the end of a block.</summary>
    private sealed class Equations(FunctionIr function, int block, AvailableAssignments available, Dictionary<(Type, BinaryOp, CType?), int[]> alike)
    {
        private const int Deepest = 16;

        private readonly Dictionary<int, int> _standsFor = [];
        private readonly Dictionary<(Rvalue Value, CType Type), int> _first = [];

        /// <summary>What two values have in common that may be one; comparisons are alike whatever they ask.</summary>
        public static (Type, BinaryOp, CType?) ShapeOf(Rvalue value) => (value.GetType(), value is Binary b ? IsComparison(b) ? BinaryOp.Eq : b.Op : default, value is Binary { Type: var type } ? type : null);

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
        public List<Operand> EqualTo(Operand local)
        {
            var found = new List<Operand>();
            if (ValueOf(local.LocalId) is not { } value) return found;
            var same = StandsFor(local.LocalId, 0);
            foreach (var other in Alike(ShapeOf(value)))
                if (other != local.LocalId && function.Locals[other].Type == local.Type && StandsFor(other, 0) == same) found.Add(Local(other));
            return found;
        }

        private Rvalue? ValueOf(int local) => available.ValueAtEnd(block, local);

        /// <summary>The locals with a value of a shape.</summary>
        private List<int> Alike((Type, BinaryOp, CType?) shape)
        {
            var found = new List<int>();
            foreach (var assignment in alike.GetValueOrDefault(shape) ?? [])
                if (available.HoldsAtEnd(block, assignment)) found.Add(available.All[assignment].Target);
            return found;
        }

        /// <summary>The first of the locals that have one number, as far as it is known: what is computed of one is computed of all.</summary>
        /// <remarks>No equation leads back to its target: an assignment to something that an equation names ends it.</remarks>
        private int StandsFor(int local, int depth)
        {
            if (_standsFor.TryGetValue(local, out var known)) return known;
            if (depth > Deepest || ValueOf(local) is not { } value) return local;
            var type = function.Locals[local].Type;
            if (value is Use { Value: { Kind: OperandKind.Local } copied } && copied.Type == type) return _standsFor[local] = StandsFor(copied.LocalId, depth + 1);
            var computed = (InFirsts(value, depth + 1), type);
            if (!_first.TryGetValue(computed, out var first)) _first[computed] = first = local;
            return _standsFor[local] = first;
        }

        private Operand InFirsts(Operand operand, int depth) => operand.Kind == OperandKind.Local ? Operand.Local(StandsFor(operand.LocalId, depth), operand.Type) : operand;

        private Rvalue InFirsts(Rvalue value, int depth) => value switch
        {
            Use u => new Use(InFirsts(u.Value, depth)),
            Cast c => c with { Value = InFirsts(c.Value, depth) },
            Unary u => u with { Value = InFirsts(u.Value, depth) },
            Binary b => b with { Left = InFirsts(b.Left, depth), Right = InFirsts(b.Right, depth) },
            _ => value,
        };

        private Condition InFirsts(Condition condition) => condition with { Left = InFirsts(condition.Left, 0), Right = InFirsts(condition.Right, 0) };

        /// <summary>The locals that hold the answer to a condition.</summary>
        private void FollowAnswers(Condition condition, List<Condition> found)
        {
            var wanted = InFirsts(condition);
            foreach (var local in Alike((typeof(Binary), BinaryOp.Eq, condition.Type)))
                if (ValueOf(local) is Binary comparison && AnswerOf(InFirsts(Asked(comparison)), wanted) is { } answer)
                    Add(found, IsTrue(Local(local), answer));
        }

        /// <summary>What a condition on a local says of the locals that it was computed from.</summary>
        private void FollowValue(Condition condition, List<Condition> found)
        {
            if (condition is not { Left: { Kind: OperandKind.Local } left, Right: { Kind: OperandKind.Const, Value: var constant } right } || ValueOf(left.LocalId) is not { } value) return;
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

        private bool IsTruth(Operand operand) => operand.Kind == OperandKind.Local && (operand.Type is IntType { IsBool: true } || (ValueOf(operand.LocalId) is { } value && IsTruth(value)));

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
