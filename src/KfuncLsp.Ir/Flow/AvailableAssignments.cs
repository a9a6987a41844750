namespace KfuncLsp.Ir;

/// <summary>Which assignments still say what their target is at the end of a block: on every way there they were made, and nothing they name was given another value since.</summary>
/// <remarks>The compiler's available expressions. Locals in memory and registers of assembly are no part of it: a pointer may reach the ones, and what the others hold the compiler does not look at.</remarks>
public sealed class AvailableAssignments
{
    private readonly Assign[] _assignments;
    private readonly LocalSet[] _atEnd;

    private AvailableAssignments(Assign[] assignments, LocalSet[] atEnd) => (_assignments, _atEnd) = (assignments, atEnd);

    /// <summary>The assignments that hold before a block's terminator, in the order of the function's text.</summary>
    public IEnumerable<Assign> AtEndOf(int block) => _assignments.Length == 0 ? [] : _atEnd[block].Select(i => _assignments[i]);

    public static AvailableAssignments Of(FunctionIr function)
    {
        var assignments = function.Blocks.SelectMany(b => b.Instructions).OfType<Assign>().Where(a => IsEquation(function, a)).ToArray();
        if (assignments.Length == 0) return new([], []);
        var numbers = new Dictionary<Assign, int>(ReferenceEqualityComparer.Instance);
        var naming = new List<int>?[function.Locals.Max(l => l.Id) + 1];
        for (var i = 0; i < assignments.Length; i++)
        {
            numbers[assignments[i]] = i;
            (naming[assignments[i].Target] ??= []).Add(i);
            DefUse.ForEachUse(assignments[i].Value, o => { if (o.Kind == OperandKind.Local && o.LocalId != assignments[i].Target) (naming[o.LocalId] ??= []).Add(i); });
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
        return new(assignments, [.. atEnd.Select(s => s ?? none)]);
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
