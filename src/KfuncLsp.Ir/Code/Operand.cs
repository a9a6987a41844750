namespace KfuncLsp.Ir;

/// <summary>What an <see cref="Operand"/> is.</summary>
public enum OperandKind : byte
{
    /// <summary>A register local: <see cref="LocalVar.InMemory"/> is false.</summary>
    Local,

    /// <summary>An integer constant; a null pointer is 0 with a pointer type.</summary>
    Const,

    /// <summary>A value that the frontend could not compute; it may be anything.</summary>
    Unknown,
}

/// <summary>A value that an instruction reads.</summary>
public readonly record struct Operand(OperandKind Kind, long Value, CType Type)
{
    public int LocalId => Kind == OperandKind.Local ? (int)Value : throw new InvalidOperationException("not a local");
    public bool IsConst(long value) => Kind == OperandKind.Const && Value == value;

    public static Operand Local(int id, CType type) => new(OperandKind.Local, id, type);
    public static Operand Const(long value, CType type) => new(OperandKind.Const, value, type);
    public static Operand Unknown(CType type) => new(OperandKind.Unknown, 0, type);
}
