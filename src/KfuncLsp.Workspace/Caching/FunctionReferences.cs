using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Caching;

/// <summary>What the code of one function names: other functions, globals, structs, members.</summary>
internal sealed class FunctionReferences
{
    private readonly SortedSet<string> _functions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _globals = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _structs = new(StringComparer.Ordinal);
    private readonly HashSet<(string Struct, string Field)> _fields = [];

    private readonly FunctionIr _function;

    private FunctionReferences(FunctionIr function) => _function = function;

    /// <summary>Called, or their address taken.</summary>
    public IReadOnlySet<string> Functions => _functions;

    public IReadOnlySet<string> Globals => _globals;
    public IReadOnlySet<string> Structs => _structs;
    public IReadOnlySet<(string Struct, string Field)> Fields => _fields;

    /// <summary>Of the globals that it may write, the numbers; null for anything.</summary>
    public IReadOnlyDictionary<string, ImmutableSortedSet<long>?> Written => field ??= WrittenVariables.By(_function);

    public static FunctionReferences Of(FunctionIr function)
    {
        var found = new FunctionReferences(function);
        found.Add(function.ReturnType);
        foreach (var parameter in function.Parameters) found.Add(parameter.Type);
        foreach (var local in function.Locals) found.Add(local.Type);
        foreach (var tag in function.DeclTags)
            if (tag.IndexOf(':') is var colon and > 0) found._functions.Add(tag[(colon + 1)..]);
        foreach (var block in function.Blocks)
            foreach (var instruction in block.Instructions) found.Add(instruction);
        return found;
    }

    /// <summary>The structs that a type names, through pointers and arrays but not into members.</summary>
    public static void StructsIn(CType? type, Action<string> add)
    {
        switch (type)
        {
            case StructType named: add(named.Name); break;
            case PointerType pointer: StructsIn(pointer.Pointee, add); break;
            case ArrayType array: StructsIn(array.Element, add); break;
            case FunctionType function:
                StructsIn(function.Return, add);
                foreach (var parameter in function.Parameters) StructsIn(parameter.Type, add);
                break;
        }
    }

    /// <summary>The struct that a tag names: <c>contains:node_data:link</c>.</summary>
    public static void StructsIn(EquatableArray<string> tags, Action<string> add)
    {
        foreach (var tag in tags)
            if (tag.Split(':') is ["contains", var name, _]) add(name);
    }

    private void Add(CType? type) => StructsIn(type, name => _structs.Add(name));

    private void Add(Operand operand) => Add(operand.Type);

    private void Add(Instr instruction)
    {
        switch (instruction)
        {
            case Assign assign: Add(assign.Value); break;
            case Load load: Add(load.Pointer); Add(load.Type); break;
            case Store store: Add(store.Pointer); Add(store.Value); Add(store.Type); break;
            case CopyMemory copy: Add(copy.Target); Add(copy.Source); break;
            case SetMemory set: Add(set.Target); break;
            case AtomicUpdate atomic: Add(atomic.Pointer); Add(atomic.Type); break;
            case Call call:
                if (call.Callee is DirectCallee direct) _functions.Add(direct.Name);
                Add(call.Prototype);
                foreach (var argument in call.Arguments) Add(argument);
                break;
        }
    }

    private void Add(Rvalue value)
    {
        switch (value)
        {
            case Use use: Add(use.Value); break;
            case Cast cast: Add(cast.Value); Add(cast.To); break;
            case PointerAdd add: Add(add.Pointer); Add(add.Type); break;
            case FieldAddr field:
                _structs.Add(field.Struct.Name);
                _fields.Add((field.Struct.Name, field.Field));
                Add(field.FieldType);
                break;
            case AddressOfLocal local: Add(local.Type); break;
            case AddressOfGlobal global: _globals.Add(global.Name); Add(global.Type); break;
            case AddressOfFunction function: _functions.Add(function.Name); break;
            case CoreQuery query: _structs.Add(query.TypeName[(query.TypeName.IndexOf(' ') + 1)..]); break;
        }
    }
}
