using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>C's integer arithmetic on constants.</summary>
internal static class Arithmetic
{
    /// <summary>The value as the type holds it: cut to its width, then extended by its sign.</summary>
    public static long Wrap(long value, CType type) => type switch
    {
        IntType { IsBool: true } => value != 0 ? 1 : 0,
        IntType { Bits: < 64 } t => t.IsSigned ? value << (64 - t.Bits) >> (64 - t.Bits) : value & ((1L << t.Bits) - 1),
        _ => value,
    };

    /// <summary>Folds an operation on constants; null where C leaves it undefined.</summary>
    public static long? Fold(BinaryOp op, long left, long right, CType type)
    {
        var signed = type is IntType { IsSigned: true };
        var bits = type is IntType { Bits: <= 64 } t ? t.Bits : 64;
        if (type is IntType { Bits: > 64 }) return null;
        left = Wrap(left, type);
        if (op is not (BinaryOp.Shl or BinaryOp.Shr)) right = Wrap(right, type);
        switch (op)
        {
            case BinaryOp.Add: return Wrap(left + right, type);
            case BinaryOp.Sub: return Wrap(left - right, type);
            case BinaryOp.Mul: return Wrap(left * right, type);
            case BinaryOp.Div or BinaryOp.Mod when right == 0 || signed && right == -1: return null;
            case BinaryOp.Div: return Wrap(signed ? left / right : (long)((ulong)left / (ulong)right), type);
            case BinaryOp.Mod: return Wrap(signed ? left % right : (long)((ulong)left % (ulong)right), type);
            case BinaryOp.Shl or BinaryOp.Shr when right < 0 || right >= bits: return null;
            case BinaryOp.Shl: return Wrap(left << (int)right, type);
            case BinaryOp.Shr: return Wrap(signed ? left >> (int)right : (long)((ulong)left >> (int)right), type);
            case BinaryOp.And: return left & right;
            case BinaryOp.Or: return left | right;
            case BinaryOp.Xor: return Wrap(left ^ right, type);
            case BinaryOp.Eq: return left == right ? 1 : 0;
            case BinaryOp.Ne: return left != right ? 1 : 0;
        }
        var order = signed ? left.CompareTo(right) : ((ulong)left).CompareTo((ulong)right);
        return op switch
        {
            BinaryOp.Lt => order < 0 ? 1 : 0,
            BinaryOp.Le => order <= 0 ? 1 : 0,
            BinaryOp.Gt => order > 0 ? 1 : 0,
            _ => order >= 0 ? 1 : 0,
        };
    }

    public static bool IsComparison(BinaryOp op) => op >= BinaryOp.Eq;
}
