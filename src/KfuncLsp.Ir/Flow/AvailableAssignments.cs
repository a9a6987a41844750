namespace KfuncLsp.Ir;

/// <summary>Which assignments still say what their target is at the end of a block: on every way there they were made, and nothing they name was given another value since.</summary>
/// <remarks>
/// The compiler's available expressions. Locals in memory and registers of assembly are no part of it: a pointer may reach the ones, and what the others hold
/// the compiler does not look at. Of a function that is too large for it nothing is available.
/// </remarks>
public sealed class AvailableAssignments
{
    /// <summary>Units: bits. A function of 5,000 blocks and as many assignments has a tenth of it.</summary>
    private const long Most = 1L << 28;

    private readonly Assign[] _assignments;
    private readonly List<int>?[] _ofTarget;
    private readonly LocalSet[] _atEnd;

    private AvailableAssignments(Assign[] assignments, List<int>?[] ofTarget, LocalSet[] atEnd) => (_assignments, _ofTarget, _atEnd) = (assignments, ofTarget, atEnd);

    public bool IsEmpty => _atEnd.Length == 0;

    /// <summary>All assignments that may hold somewhere, in the order of the function's text.</summary>
    public IReadOnlyList<Assign> All => _assignments;

    /// <summary>Whether one of them, by its place in <see cref="All"/>, holds before a block's terminator.</summary>
    public bool HoldsAtEnd(int block, int assignment) => _atEnd[block].Contains(assignment);

    /// <summary>What a local is equal to before a block's terminator; null where nothing is known of it.</summary>
    public Rvalue? ValueAtEnd(int block, int local)
    {
        if (IsEmpty) return null;
        foreach (var assignment in _ofTarget[local] ?? [])
            if (HoldsAtEnd(block, assignment)) return _assignments[assignment].Value;
        return null;
    }

    public static AvailableAssignments Of(FunctionIr function)
    {
        var assignments = function.Blocks.SelectMany(b => b.Instructions).OfType<Assign>().Where(a => IsEquation(function, a)).ToArray();
        if (assignments.Length == 0 || (long)assignments.Length * function.Blocks.Count > Most) return new([], [], []);
        var numbers = new Dictionary<Assign, int>(ReferenceEqualityComparer.Instance);
        var size = function.Locals.Max(l => l.Id) + 1;
        var (ofTarget, naming) = (new List<int>?[size], new List<int>?[size]);
        for (var i = 0; i < assignments.Length; i++)
        {
            numbers[assignments[i]] = i;
            (ofTarget[assignments[i].Target] ??= []).Add(i);
            (naming[assignments[i].Target] ??= []).Add(i);
            DefUse.ForEachUse(assignments[i].Value, o => { if (o.Kind == OperandKind.Local) (naming[o.LocalId] ??= []).Add(i); });
        }

        // Nothing is known of a block that no way was found to yet: all holds there.
        var order = ControlFlow.ReversePostorder(function);
        var predecessors = ControlFlow.Predecessors(function);
        var atEnd = new LocalSet?[function.Blocks.Count];
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var block in order)
            {
                var holds = new LocalSet(assignments.Length);
                var isFirst = block != 0;
                foreach (var predecessor in block == 0 ? [] : predecessors[block])
                {
                    if (atEnd[predecessor] is not { } before) continue;
                    if (isFirst) holds.UnionWith(before);
                    else holds.IntersectWith(before);
                    isFirst = false;
                }

                foreach (var instruction in function.Blocks[block].Instructions)
                {
                    DefUse.ForEachDefinition(instruction, target =>
                    {
                        foreach (var named in naming[target] ?? []) holds.Remove(named);
                    });
                    if (instruction is Assign made && numbers.TryGetValue(made, out var number)) holds.Add(number);
                }

                if (atEnd[block] is { } known && known.Equals(holds)) continue;
                atEnd[block] = holds;
                changed = true;
            }
        }

        var none = new LocalSet(assignments.Length);
        return new(assignments, ofTarget, [.. atEnd.Select(s => s ?? none)]);
    }

    private static bool IsEquation(FunctionIr function, Assign assign)
    {
        if (assign.Value is not (Use or Cast or Unary or Binary) || !IsPlain(assign.Target)) return false;
        var isEquation = true;
        DefUse.ForEachUse(assign.Value, o => isEquation &= o.Kind != OperandKind.Local || (o.LocalId != assign.Target && IsPlain(o.LocalId)));
        return isEquation;

        bool IsPlain(int local) => function.Locals[local] is { InMemory: false, Kind: not LocalKind.Register, Type: IntType or PointerType };
    }
}
