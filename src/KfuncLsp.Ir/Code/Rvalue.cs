namespace KfuncLsp.Ir;

/// <summary>The right side of an <see cref="Assign"/>: computes one value and has no effect.</summary>
public abstract record Rvalue;

/// <summary>The operand itself: a copy.</summary>
public sealed record Use(Operand Value) : Rvalue;

/// <summary>A unary operation on integers.</summary>
public sealed record Unary(UnaryOp Op, Operand Value, CType Type) : Rvalue;

/// <summary>A binary operation on integers, or a comparison (of pointers, too), whose result is 0 or 1.</summary>
/// <remarks><paramref name="Type"/> is the type the operation is done in, after C's conversions: its width and sign decide.</remarks>
public sealed record Binary(BinaryOp Op, Operand Left, Operand Right, CType Type) : Rvalue;

/// <summary>A conversion between integers, pointers or both. Integers are cut or extended; pointers keep their value.</summary>
public sealed record Cast(Operand Value, CType To) : Rvalue;

/// <summary>Pointer arithmetic: <c>pointer + index * scale</c>.</summary>
/// <remarks>Units: <paramref name="Scale"/> in bytes, negative for subtraction. <paramref name="Bound"/> is the declared element count of the array, 0 if there is none.</remarks>
public sealed record PointerAdd(Operand Pointer, Operand Index, long Scale, CType Type, long Bound = 0) : Rvalue;

/// <summary>The address of a member: <c>&amp;pointer-&gt;Field</c>.</summary>
/// <remarks>
/// <paramref name="Struct"/> is the struct that declares the member, anonymous ones included: <c>p-&gt;a</c> through an anonymous union is
/// two steps. Units: <paramref name="ByteOffset"/> in the translation unit's own layout. For a bit field it is the offset of its storage unit.
/// </remarks>
public sealed record FieldAddr(Operand Pointer, StructType Struct, string Field, long ByteOffset, CType FieldType) : Rvalue;

/// <summary>The address of a local of the function: <c>&amp;local</c>, or an array that decays.</summary>
public sealed record AddressOfLocal(int LocalId, CType Type) : Rvalue;

/// <summary>The address of a global variable, map or ksym variable.</summary>
public sealed record AddressOfGlobal(string Name, CType Type) : Rvalue;

/// <summary>The address of a function: a callback, or the test <c>bpf_ksym_exists(kfunc)</c>.</summary>
public sealed record AddressOfFunction(string Name, CType Type) : Rvalue;

/// <summary>The address of a string literal, which BPF places in <c>.rodata</c>.</summary>
/// <remarks><paramref name="Bytes"/> includes the terminating NUL.</remarks>
public sealed record AddressOfString(EquatableArray<byte> Bytes) : Rvalue;

/// <summary>A CO-RE question that the loader answers: type ids, existence of types, fields and enum values, sizes and offsets.</summary>
/// <remarks>
/// <paramref name="TypeName"/> is the C type (<c>struct task_struct</c>), <paramref name="Member"/> the field path or enumerator, or empty.
/// <paramref name="LocalAnswer"/> is what the translation unit's own types answer.
/// </remarks>
public sealed record CoreQuery(CoreQueryKind Kind, string TypeName, string Member, long? LocalAnswer, CType Type) : Rvalue;

/// <summary>A value that was not understood, with the reason.</summary>
public sealed record UnknownValue(CType Type, string Reason) : Rvalue;

/// <summary><see cref="IsConstant"/> asks whether the compiler sees a constant; the others after it are the builtins that compute with a number's bits.</summary>
public enum UnaryOp : byte { Neg, BitNot, LogicalNot, IsConstant, AbsoluteValue, ByteSwap, PopCount, LeadingZeros, TrailingZeros, FirstSet }

public enum BinaryOp : byte { Add, Sub, Mul, Div, Mod, Shl, Shr, And, Or, Xor, Eq, Ne, Lt, Le, Gt, Ge }

/// <summary>Questions of <c>__builtin_preserve_*</c> and <c>__builtin_btf_type_id</c>.</summary>
public enum CoreQueryKind : byte
{
    TypeIdLocal, TypeIdTarget, TypeExists, TypeSize, TypeMatches,
    FieldOffset, FieldSize, FieldExists, FieldSigned, FieldLeftShift, FieldRightShift,
    EnumValueExists, EnumValue,
}
