using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Where a program, and what it calls, name members and global variables: whether something that is read may have been read before.</summary>
internal sealed class Mentions
{
    private readonly Dictionary<(string Type, string Member), List<Place>> _members = [];
    private readonly Dictionary<string, List<Place>> _globals = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Function, int Block, int Index), bool> _answers = [];

    /// <summary>An instruction; <paramref name="IsOnce"/> where one way of calls leads to its function.</summary>
    private readonly record struct Place(FunctionIr Function, int Block, int Index, bool IsOnce);

    /// <param name="functions">The program and all that it calls, as it is explored.</param>
    /// <param name="callers">Of each, the functions that call it, once for each call.</param>
    public Mentions(IEnumerable<FunctionIr> functions, IReadOnlyDictionary<string, List<string>> callers)
    {
        foreach (var function in functions)
        {
            var isOnce = IsReachedOnce(function.Name, callers, callers.Count);
            foreach (var block in function.Blocks)
                for (var i = 0; i < block.Instructions.Count; i++)
                    switch (block.Instructions[i])
                    {
                        case Assign { Value: FieldAddr step }: Add(_members, (step.Struct.Name, step.Field), new(function, block.Id, i, isOnce)); break;
                        case Assign { Value: AddressOfGlobal address }: Add(_globals, address.Name, new(function, block.Id, i, isOnce)); break;
                    }
        }
    }

    /// <summary>Whether the member that is read by an instruction is read there first, whatever way leads to it.</summary>
    public bool IsFirstOfMember(string type, string member, string function, int block, int index) => _members.TryGetValue((type, member), out var places) && IsFirst(places, function, block, index);

    /// <summary>The same for a global variable.</summary>
    public bool IsFirstOfGlobal(string name, string function, int block, int index) => _globals.TryGetValue(name, out var places) && IsFirst(places, function, block, index);

    private bool IsFirst(List<Place> places, string function, int block, int index)
    {
        if (!_answers.TryGetValue((function, block, index), out var isFirst)) _answers[(function, block, index)] = isFirst = Find(places, function, block, index);
        return isFirst;
    }

    private static bool Find(List<Place> places, string function, int block, int index)
    {
        var own = places.FindLastIndex(p => p.Function.Name == function && p.Block == block && p.Index < index);
        if (own < 0 || !places[own].IsOnce) return false;
        for (var i = 0; i < places.Count; i++)
            if (i != own && (places[i].Function.Name != function || LeadsTo(places[i], places[own]))) return false;
        return true;
    }

    private static bool LeadsTo(Place from, Place to) => (from.Block == to.Block && from.Index < to.Index) || ControlFlow.ReachedFrom(from.Function, from.Block)[to.Block];

    private static bool IsReachedOnce(string function, IReadOnlyDictionary<string, List<string>> callers, int depth) =>
        depth > 0 && (callers[function].Count == 0 || (callers[function] is [var only] && IsReachedOnce(only, callers, depth - 1)));

    private static void Add<T>(Dictionary<T, List<Place>> table, T item, Place place) where T : notnull
    {
        if (!table.TryGetValue(item, out var places)) table[item] = places = [];
        places.Add(place);
    }
}
