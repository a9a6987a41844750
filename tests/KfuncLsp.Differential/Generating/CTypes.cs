namespace KfuncLsp.Differential.Generating;

/// <summary>An integer type of C as both compilers see it (LP64, signed <c>char</c>).</summary>
internal sealed record CInt(string Name, int Bits, bool Signed, bool IsBool = false)
{
    public static readonly CInt Int = new("int", 32, true);
    public static readonly CInt UInt = new("unsigned int", 32, false);
    public static readonly CInt Long = new("long", 64, true);
    public static readonly CInt ULong = new("unsigned long", 64, false);
    public static readonly CInt Bool = new("bool", 8, false, true);
    public static readonly CInt Colour = new("enum colour", 32, false);
    public static readonly CInt Sign = new("enum sign", 32, true);

    public static readonly CInt[] All =
    [
        new("s8", 8, true), new("u8", 8, false), new("char", 8, true), new("s16", 16, true), new("u16", 16, false),
        Int, Int, UInt, new("s64", 64, true), new("u64", 64, false), Long, ULong, Bool, Colour, Sign,
    ];

    /// <summary>After the integer promotions.</summary>
    public CInt Promoted => Bits < 32 ? Int : this;

    /// <summary>The type of a binary operation, as far as its width and sign go.</summary>
    public static CInt Common(CInt left, CInt right)
    {
        var (a, b) = (left.Promoted, right.Promoted);
        if (a.Bits != b.Bits) return a.Bits > b.Bits ? a : b;
        return a.Signed ? b : a;
    }
}

/// <summary>A struct or union of the generated unit.</summary>
internal sealed record CStruct(string Name, bool IsUnion, IReadOnlyList<CField> Fields)
{
    public bool IsPacked { get; init; }

    public string Text => $"{(IsUnion ? "union" : "struct")} {Name}";
}

/// <summary>A member: an integer, a bit field, an array of integers (with a power of two of elements), or a struct.</summary>
internal sealed record CField(string Name, CInt Type, int Width = 0, int Count = 0, CStruct? Struct = null)
{
    /// <summary>What an expression of it has after C's rules for bit fields.</summary>
    public CInt ValueType =>
        Width == 0 ? Type : Width < 32 || (Width == 32 && Type.Signed) ? CInt.Int : Width == 32 ? CInt.UInt : Type;
}

internal enum VarKind { Int, Array, Struct, StructArray, Pointer, StructPointer }

/// <summary>A variable in scope.</summary>
/// <remarks><see cref="Bit"/> stands for it in sets of what an expression reads and writes; see <see cref="Ex"/>.</remarks>
internal sealed record Var(string Name, VarKind Kind, CInt Type, ulong Bit)
{
    public CStruct? Struct { get; init; }
    public int Count { get; init; }
    public bool IsAddressable { get; init; }
    public bool IsReadOnly { get; init; }
    public bool MayBeNull { get; init; }
}

/// <summary>An expression, with the variables that it reads and writes, so that no two parts without a sequence point touch the same one.</summary>
internal readonly record struct Ex(string Text, CInt Type, ulong Reads, ulong Writes)
{
    /// <summary>Everything that a pointer can reach.</summary>
    public const ulong Memory = 1;

    /// <summary>Global variables.</summary>
    public const ulong Globals = 2;

    public static Ex Pure(string text, CInt type) => new(text, type, 0, 0);

    public bool ConflictsWith(Ex other) => (Writes & (other.Reads | other.Writes)) != 0 || (other.Writes & Reads) != 0;

    public Ex With(string text, CInt type) => this with { Text = text, Type = type };

    public Ex And(Ex other, string text, CInt type) => new(text, type, Reads | other.Reads, Writes | other.Writes);
}
