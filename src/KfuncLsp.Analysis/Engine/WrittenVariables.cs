using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Which global variables a unit may write, as the compiler finds out: whose address goes anywhere but to a load.</summary>
internal static class WrittenVariables
{
    /// <summary>The static variables that are never written; none where a function is not known.</summary>
    public static IReadOnlySet<string> Without(UnitIr unit)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (unit.Functions.Any(f => f.NotLowered is not null)) return found;
        foreach (var global in unit.Globals)
            if (global is { IsStatic: true, IsVolatile: false, IsConst: false, IsExtern: false, Section: ".bss" or ".data", DeclTags.Count: 0 }) found.Add(global.Name);
        if (found.Count == 0) return found;
        foreach (var function in unit.Functions) RemoveWritten(function, found);
        return found;
    }

    private static void RemoveWritten(FunctionIr function, HashSet<string> unwritten)
    {
        var addresses = new HashSet<string>?[function.Locals.Count];
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
                if (instruction is CopyMemory copy) Written(copy.Target);
                else DefUse.ForEachUse(instruction, Written);
            }

            if (block.End is Return or AsmGoto) DefUse.ForEachUse(block.End, Written);
        }

        void Written(Operand operand)
        {
            if (operand.Kind == OperandKind.Local && addresses[operand.LocalId] is { } names) unwritten.ExceptWith(names);
        }
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
