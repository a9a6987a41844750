using System.Buffers.Binary;
using System.Numerics;
using KfuncLsp.Ir;

namespace KfuncLsp.Differential.Interpreting;

/// <summary>C's integer operations on values that are kept extended to 64 bits as their type says.</summary>
internal static class Arithmetic
{
    /// <summary>Cuts to the type's width and extends by its sign. Pointers are 64 bits; <c>bool</c> keeps its byte.</summary>
    public static long Fit(long value, CType type) => type switch
    {
        IntType { Bits: >= 64 } => value,
        IntType { IsSigned: true } i => value << (64 - Width(i)) >> (64 - Width(i)),
        IntType i => (long)((ulong)value << (64 - Width(i)) >> (64 - Width(i))),
        _ => value,
    };

    public static long Convert(long value, CType to) => to is IntType { IsBool: true } ? (value != 0 ? 1 : 0) : Fit(value, to);

    public static long Apply(UnaryOp op, long value, CType type) => op switch
    {
        UnaryOp.Neg => Fit(unchecked(-value), type),
        UnaryOp.BitNot => Fit(~value, type),
        UnaryOp.LogicalNot => value == 0 ? 1 : 0,
        // Compiled C and this one need not agree; what hangs on the answer may not differ.
        UnaryOp.IsConstant => 0,
        UnaryOp.AbsoluteValue => Fit(value < 0 ? unchecked(-value) : value, type),
        UnaryOp.ByteSwap => Fit((long)((ulong)BinaryPrimitives.ReverseEndianness(value) >> (64 - Width(type))), type),
        UnaryOp.PopCount => BitOperations.PopCount(Bits(value, type)),
        UnaryOp.LeadingZeros => BitOperations.LeadingZeroCount(Bits(value, type)) - (64 - Width(type)),
        UnaryOp.TrailingZeros => BitOperations.TrailingZeroCount(value),
        UnaryOp.FirstSet => Bits(value, type) is 0 ? 0 : BitOperations.TrailingZeroCount(value) + 1,
        _ => throw new IrFault($"unary operation {op}"),
    };

    private static ulong Bits(long value, CType type) => (ulong)value << (64 - Width(type)) >> (64 - Width(type));

    public static long Apply(BinaryOp op, long left, long right, CType type)
    {
        if (op is BinaryOp.Eq or BinaryOp.Ne or BinaryOp.Lt or BinaryOp.Le or BinaryOp.Gt or BinaryOp.Ge)
            return Compare(op, left, right, type) ? 1 : 0;
        var signed = type is IntType { IsSigned: true };
        left = Fit(left, type);
        if (op is BinaryOp.Shl or BinaryOp.Shr) return Shift(op, left, right, type, signed);
        right = Fit(right, type);
        return Fit(unchecked(op switch
        {
            BinaryOp.Add => left + right,
            BinaryOp.Sub => left - right,
            BinaryOp.Mul => left * right,
            BinaryOp.And => left & right,
            BinaryOp.Or => left | right,
            BinaryOp.Xor => left ^ right,
            BinaryOp.Div or BinaryOp.Mod when right == 0 => throw new IrFault("division by zero"),
            BinaryOp.Div => signed ? (right == -1 ? -left : left / right) : (long)((ulong)left / (ulong)right),
            BinaryOp.Mod => signed ? (right == -1 ? 0 : left % right) : (long)((ulong)left % (ulong)right),
            _ => throw new IrFault($"binary operation {op}"),
        }), type);
    }

    public static bool Compare(BinaryOp op, long left, long right, CType type)
    {
        left = Fit(left, type);
        right = Fit(right, type);
        var order = type is IntType { IsSigned: true } ? left.CompareTo(right) : ((ulong)left).CompareTo((ulong)right);
        return op switch
        {
            BinaryOp.Eq => order == 0,
            BinaryOp.Ne => order != 0,
            BinaryOp.Lt => order < 0,
            BinaryOp.Le => order <= 0,
            BinaryOp.Gt => order > 0,
            BinaryOp.Ge => order >= 0,
            _ => throw new IrFault($"{op} is no comparison"),
        };
    }

    private static long Shift(BinaryOp op, long left, long right, CType type, bool signed)
    {
        var width = Width(type);
        if (right < 0 || right >= width) throw new IrFault($"shift of {width} bits by {right}");
        return Fit(op == BinaryOp.Shl ? left << (int)right : signed ? left >> (int)right : (long)((ulong)left >> (int)right), type);
    }

    private static int Width(CType type) => type is IntType i ? i.IsBool ? 8 : i.Bits : 64;
}
