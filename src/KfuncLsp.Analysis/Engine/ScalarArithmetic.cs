using System.Buffers.Binary;
using System.Numerics;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What operations make of ranges: the kernel's <c>adjust_scalar_min_max_vals</c>, coarser.</summary>
internal static class ScalarArithmetic
{
    /// <summary>The range of <c>left op right</c> in a type.</summary>
    public static ScalarRange Apply(BinaryOp op, ScalarRange left, ScalarRange right, CType type)
    {
        left = left.ConvertTo(type);
        right = right.ConvertTo(type);
        if (left.IsConst && right.IsConst && Exact(op, left.Min, right.Min, type) is { } value)
            return ScalarRange.Const(value).ConvertTo(type);
        if (op is BinaryOp.Div or BinaryOp.Mod && right.IsConst && Divide(op, left, right.Min, type) is { } divided) return divided.ConvertTo(type);
        if (op == BinaryOp.Shr && IsUnsigned64(type) && left.Min < 0 && right is { IsConst: true, Min: > 0 and < 64 }) return new(0, (long)(ulong.MaxValue >> (int)right.Min));
        return (Bounds(op, left, right) ?? ScalarRange.Any).ConvertTo(type);
    }

    /// <summary>The range of <c>op value</c> in a type.</summary>
    public static ScalarRange Apply(UnaryOp op, ScalarRange value, CType type)
    {
        if (op is UnaryOp.Neg or UnaryOp.BitNot) return Apply(BinaryOp.Sub, ScalarRange.Const(op == UnaryOp.Neg ? 0 : -1), value, type);
        // Whether a constant is one to the compiler, too, is its secret.
        if (op == UnaryOp.IsConstant) return value.IsConst ? ScalarRange.Bool : ScalarRange.Const(0);
        value = value.ConvertTo(type);
        if (value.IsConst) return ScalarRange.Const(Exact(op, value.Min, type)).ConvertTo(type);
        var bits = BitsOf(type);
        return op switch
        {
            UnaryOp.LogicalNot => value.Contains(0) ? ScalarRange.Bool : ScalarRange.Const(0),
            UnaryOp.FirstSet => new(value.Contains(0) ? 0 : 1, bits),
            // Of 0 they give nothing.
            UnaryOp.LeadingZeros or UnaryOp.TrailingZeros => new(0, bits - 1),
            UnaryOp.AbsoluteValue when value.Min >= 0 => value,
            UnaryOp.AbsoluteValue => new(value.Contains(0) ? 0 : 1, ScalarRange.Of(type).Max),
            // Counts of bits are added up in loops, and ranges that grow would keep the rounds apart.
            _ => ScalarRange.Of(type),
        };
    }

    /// <summary>What a comparison surely gives; null where both answers are possible.</summary>
    public static bool? Decide(BinaryOp op, ScalarRange left, ScalarRange right, CType type)
    {
        left = left.ConvertTo(type);
        right = right.ConvertTo(type);
        if (op is BinaryOp.Eq or BinaryOp.Ne)
        {
            if (left.IsConst && right.IsConst) return left.Min == right.Min == (op == BinaryOp.Eq);
            return left.Intersect(right) is null ? op == BinaryOp.Ne : null;
        }

        // A negative number reads as a large one.
        if (!IsOrdered(left, right, type))
            return left.Max < 0 && right.Min >= 0 ? op is BinaryOp.Gt or BinaryOp.Ge : right.Max < 0 && left.Min >= 0 ? op is BinaryOp.Lt or BinaryOp.Le : null;
        return op switch
        {
            BinaryOp.Lt => left.Max < right.Min ? true : left.Min >= right.Max ? false : null,
            BinaryOp.Le => left.Max <= right.Min ? true : left.Min > right.Max ? false : null,
            BinaryOp.Gt => left.Min > right.Max ? true : left.Max <= right.Min ? false : null,
            BinaryOp.Ge => left.Min >= right.Max ? true : left.Max < right.Min ? false : null,
            _ => null,
        };
    }

    /// <summary>What is left of the left operand's range where a comparison holds; null where it cannot hold.</summary>
    public static ScalarRange? Refine(BinaryOp op, ScalarRange left, ScalarRange right, CType type)
    {
        // A conversion that changes the value says nothing of the value before it.
        if (left.ConvertTo(type) != left) return left;
        right = right.ConvertTo(type);
        if (op == BinaryOp.Eq) return left.Intersect(right);
        if (op == BinaryOp.Ne)
        {
            if (!right.IsConst) return left;
            if (left.IsConst) return left.Min == right.Min ? null : left;
            if (left.Min == right.Min) return left with { Min = left.Min + 1 };
            return left.Max == right.Min ? left with { Max = left.Max - 1 } : left;
        }

        if (!IsOrdered(left, right, type))
        {
            // x < c with c small and unsigned: x has no high bit either.
            if (IsUnsigned64(type) && op is BinaryOp.Lt or BinaryOp.Le && right.Min >= 0)
                left = left with { Min = Math.Max(left.Min, 0), Max = Math.Max(left.Max, 0) };
            else return left;
        }

        return op switch
        {
            BinaryOp.Lt => right.Max == long.MinValue ? null : left.Intersect(new(long.MinValue, right.Max - 1)),
            BinaryOp.Le => left.Intersect(new(long.MinValue, right.Max)),
            BinaryOp.Gt => right.Min == long.MaxValue ? null : left.Intersect(new(right.Min + 1, long.MaxValue)),
            BinaryOp.Ge => left.Intersect(new(right.Min, long.MaxValue)),
            _ => left,
        };
    }

    /// <summary>The numbers that an unsigned comparison with a constant leaves out where it holds, if those are not all at one end of the signed ones; null where they are.</summary>
    public static ScalarRange? LeftOut(BinaryOp op, ScalarRange left, long constant, CType type)
    {
        if (!IsUnsigned64(type) || left.Min >= 0 || left.Max < 0) return null;
        ScalarRange? leftOut = (op, constant >= 0) switch
        {
            (BinaryOp.Gt, true) => new(0, constant),
            (BinaryOp.Ge, true) => new(0, constant - 1),
            (BinaryOp.Lt, false) => new(constant, -1),
            (BinaryOp.Le, false) => new(constant + 1, -1),
            _ => null,
        };
        return leftOut is { } range && range.Min <= range.Max ? leftOut : null;
    }

    public static BinaryOp Negate(BinaryOp op) => op switch
    {
        BinaryOp.Eq => BinaryOp.Ne, BinaryOp.Ne => BinaryOp.Eq,
        BinaryOp.Lt => BinaryOp.Ge, BinaryOp.Ge => BinaryOp.Lt,
        BinaryOp.Gt => BinaryOp.Le, BinaryOp.Le => BinaryOp.Gt,
        _ => op,
    };

    public static BinaryOp Swap(BinaryOp op) => op switch
    {
        BinaryOp.Lt => BinaryOp.Gt, BinaryOp.Gt => BinaryOp.Lt,
        BinaryOp.Le => BinaryOp.Ge, BinaryOp.Ge => BinaryOp.Le,
        _ => op,
    };

    public static bool IsComparison(BinaryOp op) => op is >= BinaryOp.Eq and <= BinaryOp.Ge;

    private static bool IsUnsigned64(CType type) => type is PointerType or IntType { Bits: >= 64, IsSigned: false };

    /// <summary>Whether signed order of the ranges is the order that the type asks for.</summary>
    private static bool IsOrdered(ScalarRange left, ScalarRange right, CType type) =>
        !IsUnsigned64(type) || (left.Min >= 0 && right.Min >= 0) || (left.Max < 0 && right.Max < 0);

    private static int BitsOf(CType type) => type is IntType { Bits: > 0 and <= 64 } number ? number.Bits : 64;

    private static long Exact(UnaryOp op, long value, CType type)
    {
        var bits = BitsOf(type);
        var unsigned = (ulong)value & (ulong.MaxValue >> (64 - bits));
        return op switch
        {
            UnaryOp.LogicalNot => value == 0 ? 1 : 0,
            UnaryOp.AbsoluteValue => value < 0 ? -value : value,
            UnaryOp.ByteSwap => (long)(BinaryPrimitives.ReverseEndianness(unsigned) >> (64 - bits)),
            UnaryOp.PopCount => BitOperations.PopCount(unsigned),
            UnaryOp.LeadingZeros => BitOperations.LeadingZeroCount(unsigned) - (64 - bits),
            UnaryOp.TrailingZeros => BitOperations.TrailingZeroCount(unsigned),
            UnaryOp.FirstSet => unsigned == 0 ? 0 : BitOperations.TrailingZeroCount(unsigned) + 1,
            _ => throw new InvalidOperationException($"{op} is computed elsewhere"),
        };
    }

    private static long? Exact(BinaryOp op, long a, long b, CType type)
    {
        var isSigned = type is not IntType { IsSigned: false };
        return op switch
        {
            BinaryOp.Add => a + b,
            BinaryOp.Sub => a - b,
            BinaryOp.Mul => a * b,
            BinaryOp.Div => b == 0 ? 0 : isSigned ? (b == -1 ? -a : a / b) : (long)((ulong)a / (ulong)b),
            BinaryOp.Mod => b == 0 ? a : isSigned ? (b == -1 ? 0 : a % b) : (long)((ulong)a % (ulong)b),
            BinaryOp.Shl => b is >= 0 and < 64 ? a << (int)b : null,
            BinaryOp.Shr => b is >= 0 and < 64 ? isSigned ? a >> (int)b : (long)((ulong)a >> (int)b) : null,
            BinaryOp.And => a & b,
            BinaryOp.Or => a | b,
            BinaryOp.Xor => a ^ b,
            _ => null,
        };
    }

    private static ScalarRange? Bounds(BinaryOp op, ScalarRange a, ScalarRange b)
    {
        var isPositive = a.Min >= 0 && b.Min >= 0;
        switch (op)
        {
            case BinaryOp.Add: return Checked((Int128)a.Min + b.Min, (Int128)a.Max + b.Max);
            case BinaryOp.Sub: return Checked((Int128)a.Min - b.Max, (Int128)a.Max - b.Min);
            case BinaryOp.Mul when isPositive: return Checked((Int128)a.Min * b.Min, (Int128)a.Max * b.Max);
            case BinaryOp.Div when isPositive && b.Min > 0: return new(a.Min / b.Max, a.Max / b.Min);
            case BinaryOp.Mod when isPositive && b.Min > 0: return new(0, Math.Min(a.Max, b.Max - 1));
            case BinaryOp.And when b.IsConst && b.Min >= 0: return new(0, a.Min >= 0 ? Math.Min(a.Max, b.Min) : b.Min);
            case BinaryOp.And when a.IsConst && a.Min >= 0: return new(0, b.Min >= 0 ? Math.Min(b.Max, a.Min) : a.Min);
            case BinaryOp.And when isPositive: return new(0, Math.Min(a.Max, b.Max));
            case BinaryOp.Or when isPositive: return new(Math.Max(a.Min, b.Min), Math.Min(AllBits(a.Max | b.Max), Sum(a.Max, b.Max)));
            case BinaryOp.Xor when isPositive: return new(0, Math.Min(AllBits(a.Max | b.Max), Sum(a.Max, b.Max)));
            case BinaryOp.Shr when a.Min >= 0 && b.IsConst && b.Min is >= 0 and < 64: return new(a.Min >> (int)b.Min, a.Max >> (int)b.Min);
            case BinaryOp.Shl when a.Min >= 0 && b.IsConst && b.Min is >= 0 and < 62: return Checked((Int128)a.Min << (int)b.Min, (Int128)a.Max << (int)b.Min);
            default: return null;
        }
    }

    /// <summary>Division by a constant, as the machine does it: nothing is divided by 0, and what would overflow stays.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, scalar_min_max_udiv, scalar_min_max_sdiv, scalar_min_max_umod, scalar_min_max_smod.</remarks>
    private static ScalarRange? Divide(BinaryOp op, ScalarRange a, long by, CType type)
    {
        if (by == 0) return op == BinaryOp.Div ? ScalarRange.Const(0) : a;
        if (by == long.MinValue || (by < 0 && IsUnsigned64(type))) return null;
        if (a.Min < 0 && IsUnsigned64(type)) return op == BinaryOp.Mod ? new(0, by - 1) : by > 1 ? new(0, (long)(ulong.MaxValue / (ulong)by)) : null;
        if (op == BinaryOp.Div)
        {
            if (by == -1 && a.Min == ScalarRange.Of(type).Min) return null;
            return by > 0 ? new(a.Min / by, a.Max / by) : new(a.Max / by, a.Min / by);
        }

        var most = Math.Abs(by) - 1;
        return a.Min >= -most && a.Max <= most ? a : new(a.Min >= 0 ? 0 : Math.Max(a.Min, -most), a.Max <= 0 ? 0 : Math.Min(a.Max, most));
    }

    private static long Sum(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    private static ScalarRange? Checked(Int128 min, Int128 max) =>
        min < long.MinValue || max > long.MaxValue ? null : new((long)min, (long)max);

    private static long AllBits(long value)
    {
        var bits = 64 - BitOperations.LeadingZeroCount((ulong)value);
        return bits >= 63 ? long.MaxValue : (1L << bits) - 1;
    }
}
