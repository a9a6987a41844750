using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>A unit with its tables by name.</summary>
internal sealed class UnitFacts
{
    private readonly Dictionary<string, FunctionIr> _functions = [];
    private readonly Dictionary<string, FunctionFacts> _facts = [];

    public UnitFacts(UnitIr unit)
    {
        Unit = unit;
        foreach (var function in unit.Functions) _functions[function.Name] = function;
        foreach (var global in unit.Globals) Globals[global.Name] = global;
        foreach (var map in unit.Maps) Maps[map.Name] = map;
        foreach (var external in unit.Externs) Externs[external.Name] = external;
    }

    public UnitIr Unit { get; }
    public Dictionary<string, GlobalVar> Globals { get; } = [];
    public Dictionary<string, MapDef> Maps { get; } = [];
    public Dictionary<string, ExternFunction> Externs { get; } = [];

    public FunctionIr? FindFunction(string name) => _functions.GetValueOrDefault(name);

    public FunctionFacts FactsOf(FunctionIr function)
    {
        if (!_facts.TryGetValue(function.Name, out var facts)) _facts[function.Name] = facts = new(function);
        return facts;
    }

    public StructDef? FindStruct(string name) => Unit.Structs.GetValueOrDefault(name);

    public StructOpsBinding? FindStructOps(string program)
    {
        foreach (var variable in Unit.StructOps)
            foreach (var member in variable.Members)
                if (member.Function == program) return new(variable.TypeName, member.Member, member.Prototype);
        return null;
    }

    /// <summary>Whether a struct holds a member of a struct type, itself or nested by value, and where.</summary>
    /// <remarks>Units: bytes. Errors: null where there is none, or the layout is not known.</remarks>
    public long? OffsetOfMember(string structName, string memberStruct, int depth = 0)
    {
        if (depth > 4 || FindStruct(structName) is not { } definition) return null;
        foreach (var field in definition.Fields)
        {
            if (field.Type is not StructType inner) continue;
            if (inner.Name == memberStruct) return field.ByteOffset;
            if (OffsetOfMember(inner.Name, memberStruct, depth + 1) is { } nested) return field.ByteOffset + nested;
        }

        return null;
    }
}
