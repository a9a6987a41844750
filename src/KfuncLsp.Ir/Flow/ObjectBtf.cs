namespace KfuncLsp.Ir;

/// <summary>Which structs the object file's BTF surely holds whole. What is only pointed to by a member is only declared there.</summary>
/// <remarks>
/// The compiler follows pointers from prototypes, variables and map definitions, and from a struct to those that it holds by value; what CO-RE
/// relocates is there as well. Source: llvm/lib/Target/BPF/BTFDebug.cpp, visitDerivedType.
/// </remarks>
public sealed class ObjectBtf
{
    private readonly UnitIr _unit;
    private readonly HashSet<string> _whole = [];
    private readonly HashSet<string> _perhaps = [];

    public ObjectBtf(UnitIr unit)
    {
        _unit = unit;
        foreach (var function in unit.Functions) AddPrototype(function, _perhaps);
        foreach (var external in unit.Externs) AddPrototype(external, _perhaps);
        foreach (var structure in unit.Structs.Values)
            if (structure.PreservesAccessIndex) AddStruct(structure.Name, _perhaps);
        foreach (var map in unit.Maps) AddMap(map);
        foreach (var global in unit.Globals) AddPointee(global.Type, _whole);
        foreach (var structure in unit.Structs.Values)
            if (structure is { PreservesAccessIndex: true, IsComplete: false, Fields.Count: > 0 }) AddStruct(structure.Name, _whole);
        AddFunctions();
    }

    /// <summary>Whether a struct is surely there with all its members.</summary>
    public bool Holds(string name) => _whole.Contains(name);

    /// <summary>Whether a struct may be there: that of a function which may be inlined, or a call that may be dropped, counts.</summary>
    public bool MayHold(string name) => _whole.Contains(name) || _perhaps.Contains(name);

    private void AddMap(MapDef map)
    {
        if (map.Key is { } key) AddPointee(key, _whole);
        if (map.Value is { } value) AddPointee(value, _whole);
        if (map.Inner is { } inner) AddMap(inner);
    }

    /// <summary>Functions that stay functions: those that the program enters, and what is declared and called.</summary>
    private void AddFunctions()
    {
        var called = new HashSet<string>();
        foreach (var function in _unit.Functions)
        {
            if (!function.IsStatic) AddPrototype(function, _whole);
            foreach (var block in function.Blocks)
                foreach (var instruction in block.Instructions) AddInstruction(instruction, called);
        }

        foreach (var external in _unit.Externs)
            if (called.Contains(external.Name)) AddPrototype(external, _whole);
    }

    private void AddInstruction(Instr instruction, HashSet<string> called)
    {
        switch (instruction)
        {
            case Call { Callee: DirectCallee callee }:
                called.Add(callee.Name);
                break;
            case Assign { Value: CoreQuery { TypeName: var name } }:
                AddStruct(name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..], _whole);
                break;
        }
    }

    private void AddPrototype(FunctionIr function, HashSet<string> into)
    {
        foreach (var parameter in function.Parameters) AddPointee(parameter.Type, into);
        AddPointee(function.ReturnType, into);
    }

    private void AddPrototype(ExternFunction external, HashSet<string> into)
    {
        foreach (var parameter in external.Prototype.Parameters) AddPointee(parameter.Type, into);
        AddPointee(external.Prototype.Return, into);
    }

    /// <summary>Adds a type, or what it points to.</summary>
    private void AddPointee(CType type, HashSet<string> into)
    {
        while (type is PointerType pointer) type = pointer.Pointee;
        AddValue(type, into);
    }

    private void AddValue(CType type, HashSet<string> into)
    {
        while (type is ArrayType array) type = array.Element;
        if (type is StructType structure) AddStruct(structure.Name, into);
    }

    private void AddStruct(string name, HashSet<string> into)
    {
        if (_unit.Structs.TryGetValue(name, out var definition) && definition.IsForward) return;
        if (!into.Add(name) || definition is null) return;
        foreach (var field in definition.Fields) AddValue(field.Type, into);
    }
}
