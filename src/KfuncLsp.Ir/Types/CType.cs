using System.Collections.Immutable;

namespace KfuncLsp.Ir;

/// <summary>A C type in the shape that BTF gives it: structural, and with structs named, not inlined.</summary>
/// <remarks>Values compare by structure. Qualifiers that BPF programs cannot observe are dropped; type tags stay on pointers.</remarks>
public abstract record CType
{
    /// <summary>The type of which nothing is known; every question about it is answered with "don't know".</summary>
    public static readonly CType Unknown = new UnknownType();

    /// <summary><c>void</c>.</summary>
    public static readonly CType Void = new VoidType();

    /// <summary>Size in bytes, 0 where the type has none or it is not known.</summary>
    public abstract long Size { get; }
}

/// <summary>A type that the frontend did not understand.</summary>
public sealed record UnknownType : CType
{
    public override long Size => 0;
    public override string ToString() => "?";
}

/// <summary><c>void</c>.</summary>
public sealed record VoidType : CType
{
    public override long Size => 0;
    public override string ToString() => "void";
}

/// <summary>An integer, <c>char</c>, <c>bool</c> or enum.</summary>
/// <remarks>Units: <paramref name="Bits"/> is the width; <paramref name="EnumName"/> is set for enums.</remarks>
public sealed record IntType(int Bits, bool IsSigned, bool IsBool = false, string? EnumName = null) : CType
{
    public override long Size => (Bits + 7) / 8;

    public override string ToString() =>
        EnumName is not null ? $"enum {EnumName}" : IsBool ? "bool" : $"{(IsSigned ? 's' : 'u')}{Bits}";
}

/// <summary>A floating-point type; BPF has none, so values of it are never followed.</summary>
public sealed record FloatType(int Bits) : CType
{
    public override long Size => Bits / 8;
    public override string ToString() => $"f{Bits}";
}

/// <summary>A pointer, with the BTF type tags of its pointee (<c>kptr</c>, <c>rcu</c>, <c>user</c>, <c>percpu</c>, <c>arena</c> …).</summary>
public sealed record PointerType(CType Pointee, bool PointeeIsConst = false) : CType
{
    /// <summary>The <c>btf_type_tag</c> strings, outermost first.</summary>
    public EquatableArray<string> Tags { get; init; } = [];

    public override long Size => 8;

    public override string ToString() =>
        $"{(PointeeIsConst ? "const " : "")}{Pointee}{string.Concat(Tags.Select(t => $" __{t}"))} *";
}

/// <summary>A struct or union, by name; its members are in <see cref="UnitIr.Structs"/>.</summary>
/// <remarks>
/// An anonymous struct or union bears a name that the frontend derives from where it stands, such as
/// <c>task_struct::(anon@120)</c>; the name contains a parenthesis and so never meets a C name.
/// </remarks>
public sealed record StructType(string Name, bool IsUnion, long ByteSize) : CType
{
    public override long Size => ByteSize;
    public override string ToString() => $"{(IsUnion ? "union" : "struct")} {Name}";
}

/// <summary>An array. <see cref="Count"/> is 0 for a flexible array member.</summary>
public sealed record ArrayType(CType Element, long Count) : CType
{
    public override long Size => Element.Size * Count;
    public override string ToString() => $"{Element}[{Count}]";
}

/// <summary>A function type, with parameter names where the declaration has them.</summary>
public sealed record FunctionType(CType Return, EquatableArray<ParameterType> Parameters, bool IsVariadic = false) : CType
{
    public override long Size => 0;
    public override string ToString() => $"{Return} ({string.Join(", ", Parameters.Select(p => p.ToString()))}{(IsVariadic ? ", ..." : "")})";
}

/// <summary>One parameter of a <see cref="FunctionType"/>.</summary>
public sealed record ParameterType(string Name, CType Type)
{
    public override string ToString() => Name.Length == 0 ? Type.ToString()! : $"{Type} {Name}";
}
