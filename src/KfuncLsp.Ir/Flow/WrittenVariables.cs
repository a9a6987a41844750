namespace KfuncLsp.Ir;

/// <summary>Which global variables are written, as the compiler finds out: whose address goes anywhere but to a load.</summary>
public static class WrittenVariables
{
    /// <summary>Whether a variable is what it begins with unless its own file writes it.</summary>
    public static bool IsOfItsFile(GlobalVar global) =>
        global is { IsStatic: true, IsVolatile: false, IsConst: false, IsExtern: false, Section: ".bss" or ".data", DeclTags.Count: 0 };

    /// <summary>The variables of a unit alone that it never writes; none where a function is not known.</summary>
    /// <remarks>Shape: <paramref name="writtenBy"/> gives what <see cref="By"/> does.</remarks>
    public static IReadOnlySet<string> Without(UnitIr unit, Func<FunctionIr, IReadOnlySet<string>> writtenBy)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (unit.Functions.Any(f => f.NotLowered is not null)) return found;
        foreach (var global in unit.Globals)
            if (IsOfItsFile(global)) found.Add(global.Name);
        foreach (var global in unit.Globals)
            foreach (var stored in global.Addresses)
                if (stored.Target is AddressOfGlobal address) found.Remove(address.Name);
        foreach (var function in unit.Functions)
            if (found.Count > 0) found.ExceptWith(writtenBy(function));
        return found;
    }

    /// <summary>What a function writes, or gives away the address of.</summary>
    public static IReadOnlySet<string> By(FunctionIr function)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
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
                if (instruction is CopyMemory copy) Add(copy.Target);
                else DefUse.ForEachUse(instruction, Add);
            }

            if (block.End is Return or AsmGoto) DefUse.ForEachUse(block.End, Add);
        }

        return written;

        void Add(Operand operand)
        {
            if (operand.Kind == OperandKind.Local && addresses[operand.LocalId] is { } names) written.UnionWith(names);
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
