namespace KfuncLsp.Ir;

/// <summary>The parts of a type that <see cref="CType"/>'s own text leaves out for a reader's sake.</summary>
internal static class TypeText
{
    /// <summary>The type, followed by sizes and signs of what it names: <c>enum state {u32}</c>.</summary>
    public static string Exact(CType type)
    {
        var named = new SortedSet<string>(StringComparer.Ordinal);
        CollectNamed(type, named);
        return named.Count == 0 ? type.ToString()! : $"{type} {{{string.Join(", ", named)}}}";
    }

    /// <summary>Adds one line for every enum, struct and bool in the type.</summary>
    public static void CollectNamed(CType type, ISet<string> named)
    {
        switch (type)
        {
            case IntType { EnumName: not null } e: named.Add($"{e}: {(e.IsSigned ? 's' : 'u')}{e.Bits}{(e.IsBool ? " bool" : "")}"); break;
            case IntType { IsBool: true } b when b.Bits != 8 || b.IsSigned: named.Add($"{b}: {(b.IsSigned ? 's' : 'u')}{b.Bits}"); break;
            case StructType s: named.Add($"{s}: {s.ByteSize} bytes"); break;
            case PointerType p: CollectNamed(p.Pointee, named); break;
            case ArrayType a: CollectNamed(a.Element, named); break;
            case FunctionType f:
                CollectNamed(f.Return, named);
                foreach (var parameter in f.Parameters) CollectNamed(parameter.Type, named);
                break;
        }
    }
}
