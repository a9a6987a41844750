using System.Collections.Immutable;

namespace KfuncLsp.Ir;

/// <summary>What a function stores in global variables, as the compiler finds out: of each, the numbers, or that it may be anything.</summary>
/// <remarks>An address that goes anywhere but to a load, or to a store of the whole variable, may be written through.</remarks>
public static class WrittenVariables
{
    /// <summary>Whether a variable is what it begins with unless its own file writes it.</summary>
    public static bool IsOfItsFile(GlobalVar global) =>
        global is { IsStatic: true, IsVolatile: false, IsConst: false, IsExtern: false, Section: ".bss" or ".data", DeclTags.Count: 0 };

    /// <summary>Of each variable of a unit alone, the numbers that the unit stores in it; it is not there where that may be anything. None is where a function is not known.</summary>
    /// <remarks>Shape: <paramref name="writtenBy"/> gives what <see cref="By"/> does.</remarks>
    public static IReadOnlyDictionary<string, ImmutableSortedSet<long>> In(UnitIr unit, Func<FunctionIr, IReadOnlyDictionary<string, ImmutableSortedSet<long>?>> writtenBy)
    {
        var found = new Dictionary<string, ImmutableSortedSet<long>>(StringComparer.Ordinal);
        if (unit.Functions.Any(f => f.NotLowered is not null)) return found;
        foreach (var global in unit.Globals)
            if (IsOfItsFile(global)) found[global.Name] = [];
        foreach (var global in unit.Globals)
            foreach (var stored in global.Addresses)
                if (stored.Target is AddressOfGlobal address) found.Remove(address.Name);
        if (found.Count == 0) return found;
        foreach (var function in unit.Functions)
            foreach (var (name, numbers) in writtenBy(function))
            {
                if (!found.TryGetValue(name, out var known)) continue;
                if (numbers is null) found.Remove(name);
                else found[name] = known.Union(numbers);
            }

        return found;
    }

    /// <summary>What a function writes, or gives away the address of: of each variable the numbers, null where it may be anything.</summary>
    public static IReadOnlyDictionary<string, ImmutableSortedSet<long>?> By(FunctionIr function)
    {
        var written = new Dictionary<string, ImmutableSortedSet<long>?>(StringComparer.Ordinal);
        var addresses = new HashSet<string>?[function.Locals.Count];
        var definitions = Definitions(function);
        for (var isNew = true; isNew;)
        {
            isNew = false;
            foreach (var block in function.Blocks)
                foreach (var instruction in block.Instructions)
                    if (instruction is Assign assign) isNew |= Follow(assign, addresses);
        }

        foreach (var block in function.Blocks)
        {
            foreach (var instruction in block.Instructions)
            {
                if (instruction is Load or Assign { Value: Use or Cast or FieldAddr or PointerAdd or AddressOfGlobal }) continue;
                if (instruction is CopyMemory copy) Lose(copy.Target);
                else if (instruction is Store { Bits.IsWhole: true } store && VariableAt(store) is { } name && NumbersOf(store.Value, definitions, 0) is { } numbers)
                    written[name] = written.TryGetValue(name, out var known) ? known?.Union(numbers) : numbers;
                else DefUse.ForEachUse(instruction, Lose);
            }

            if (block.End is Return or AsmGoto) DefUse.ForEachUse(block.End, Lose);
        }

        return written;

        string? VariableAt(Store store) =>
            store.Pointer.Kind == OperandKind.Local && definitions[store.Pointer.LocalId] is [AddressOfGlobal { Type: PointerType { Pointee: IntType whole } } address] && whole.Size == store.Type.Size ? address.Name : null;

        void Lose(Operand operand)
        {
            if (operand.Kind != OperandKind.Local || addresses[operand.LocalId] is not { } names) return;
            foreach (var name in names) written[name] = null;
        }
    }

    /// <summary>The right sides that give each local its value; null where something else does, too.</summary>
    private static List<Rvalue>?[] Definitions(FunctionIr function)
    {
        var definitions = new List<Rvalue>?[function.Locals.Count];
        for (var i = 0; i < definitions.Length; i++) definitions[i] = [];
        foreach (var parameter in function.Parameters) definitions[parameter.LocalId] = null;
        foreach (var instruction in function.Blocks.SelectMany(b => b.Instructions))
            if (instruction is Assign assign) definitions[assign.Target]?.Add(assign.Value);
            else DefUse.ForEachDefinition(instruction, target => definitions[target] = null);
        return definitions;
    }

    /// <summary>The numbers that an operand may be, where each of them stands in the function; null where it may be others.</summary>
    private static ImmutableSortedSet<long>? NumbersOf(Operand operand, List<Rvalue>?[] definitions, int depth)
    {
        const int MostDepth = 8;
        if (operand.Kind == OperandKind.Const) return [operand.Value];
        if (operand.Kind != OperandKind.Local || depth > MostDepth || definitions[operand.LocalId] is not { Count: > 0 } values) return null;
        var numbers = ImmutableSortedSet<long>.Empty;
        foreach (var value in values)
        {
            if (value is not Use use || NumbersOf(use.Value, definitions, depth + 1) is not { } some) return null;
            numbers = numbers.Union(some);
        }

        return numbers;
    }

    /// <summary>Adds to what a local may be the address of; false where that is not new.</summary>
    private static bool Follow(Assign assign, HashSet<string>?[] addresses)
    {
        var source = assign.Value switch
        {
            Use u => u.Value,
            Cast c => c.Value,
            FieldAddr f => f.Pointer,
            PointerAdd p => p.Pointer,
            _ => default,
        };
        if (assign.Value is AddressOfGlobal global) return (addresses[assign.Target] ??= []).Add(global.Name);
        if (source.Kind != OperandKind.Local || addresses[source.LocalId] is not { } names) return false;
        var known = addresses[assign.Target] ??= [];
        var before = known.Count;
        known.UnionWith(names);
        return known.Count > before;
    }
}
