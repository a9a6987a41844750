using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>A unit with its tables by name.</summary>
internal sealed class UnitFacts
{
    private readonly Dictionary<string, FunctionIr> _functions = [];
    private readonly Dictionary<string, FunctionFacts> _facts = [];
    private readonly Dictionary<string, FunctionEffects> _effects = [];

    public UnitFacts(UnitIr unit)
    {
        Unit = unit;
        foreach (var function in unit.Functions) _functions.TryAdd(function.Name, function);
        foreach (var global in unit.Globals) Globals[global.Name] = global;
        foreach (var map in unit.Maps) Maps[map.Name] = map;
        foreach (var external in unit.Externs) Externs[external.Name] = external;
        Records = new(this);
        ResultRanges = new(this);
        PacketChanges = new(this);
        HasArena = unit.HasArena();
    }

    public UnitIr Unit { get; }
    public Dictionary<string, GlobalVar> Globals { get; } = [];
    public Dictionary<string, MapDef> Maps { get; } = [];
    public Dictionary<string, ExternFunction> Externs { get; } = [];

    public RecordTable Records { get; }
    public ResultRanges ResultRanges { get; }
    public PacketChanges PacketChanges { get; }
    public ObjectBtf Btf => field ??= new(Unit);
    public SplitBytes SplitBytes => field ??= new(Unit, () => Btf);
    public NodePairs NodePairs => field ??= new(Unit, () => Btf);

    /// <summary>Of variables of this file alone, the numbers that are stored in them, besides what they begin with: the compiler knows that they are no other.</summary>
    public IReadOnlyDictionary<string, ImmutableSortedSet<long>> StoredNumbers => field ??= WrittenVariables.In(Unit, WrittenVariables.By);

    /// <summary>Whether numbers may be turned into pointers to an arena.</summary>
    public bool HasArena { get; }

    public FunctionIr? FindFunction(string name) => _functions.GetValueOrDefault(name);

    public FunctionFacts FactsOf(FunctionIr function)
    {
        if (!_facts.TryGetValue(function.Name, out var facts)) _facts[function.Name] = facts = new(RepeatedComparisons.Name(function), this);
        return facts;
    }

    public FunctionEffects EffectsOf(FunctionIr function)
    {
        if (!_effects.TryGetValue(function.Name, out var effects)) _effects[function.Name] = effects = new(function);
        return effects;
    }

    /// <summary>A function and all that it calls by name, directly or not.</summary>
    public IReadOnlyList<FunctionIr> CalledBy(FunctionIr function)
    {
        List<FunctionIr> called = [function];
        for (var i = 0; i < called.Count; i++)
            foreach (var call in called[i].Blocks.SelectMany(b => b.Instructions).OfType<Call>())
                if (call.Callee is DirectCallee direct && FindFunction(direct.Name) is { } callee && !called.Contains(callee)) called.Add(callee);
        return called;
    }

    /// <summary>Whether a function, or one that it calls, throws.</summary>
    public bool MayThrow(FunctionIr function) =>
        Externs.ContainsKey("bpf_throw") && CalledBy(function).Any(f => f.Blocks.SelectMany(b => b.Instructions).Any(i => i is Call { Callee: DirectCallee { Name: "bpf_throw" } }));

    public StructDef? FindStruct(string name) => Unit.Structs.GetValueOrDefault(name);

    public StructOpsBinding? FindStructOps(string program)
    {
        foreach (var variable in Unit.StructOps)
            foreach (var member in variable.Members)
                if (member.Function == program) return new(variable.TypeName, member.Member, member.Prototype);
        return null;
    }
}
