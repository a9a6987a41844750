using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>Builtins that compute a number of one.</summary>
internal sealed partial class FunctionLowering
{
    private static readonly IntType s_byte = new(8, IsSigned: false);

    /// <summary>Whether the compiler sees a constant; after inlining, that may be more than the expression's own form tells.</summary>
    private Operand IsConstant(Node node, Node argument, CType type, Span span)
    {
        if (node.Cursor.Evaluate() is > 0 and var isConstant) return Operand.Const(isConstant, type);
        if (argument.MayHaveEffects || Types.Lower(argument.Type) is not IntType asked) return Operand.Const(0, type);
        return Convert(Compute(new Unary(UnaryOp.IsConstant, Rvalue(argument), asked), asked, span), type, span);
    }

    /// <summary>Null for builtins that are calls of which only the result's type is known.</summary>
    private Operand? NumberBuiltin(string name, ReadOnlySpan<Node> arguments, CType type, Span span)
    {
        if (arguments.Length == 0 || arguments.Length > 2 || type is not IntType || Types.Lower(arguments[0].Type) is not IntType { Bits: <= 64 } asked) return null;
        if (name.StartsWith("__builtin_rotate", StringComparison.Ordinal)) return arguments.Length == 2 ? Rotated(name, arguments, type, span) : null;
        UnaryOp? op = name switch
        {
            "__builtin_bswap16" or "__builtin_bswap32" or "__builtin_bswap64" => UnaryOp.ByteSwap,
            "__builtin_popcount" or "__builtin_popcountl" or "__builtin_popcountll" or "__builtin_popcountg" => UnaryOp.PopCount,
            "__builtin_clz" or "__builtin_clzl" or "__builtin_clzll" or "__builtin_clzs" => UnaryOp.LeadingZeros,
            "__builtin_ctz" or "__builtin_ctzl" or "__builtin_ctzll" or "__builtin_ctzs" => UnaryOp.TrailingZeros,
            "__builtin_ffs" or "__builtin_ffsl" or "__builtin_ffsll" => UnaryOp.FirstSet,
            "__builtin_abs" or "__builtin_labs" or "__builtin_llabs" => UnaryOp.AbsoluteValue,
            _ => null,
        };
        if (op is not { } computed || arguments.Length != 1) return null;
        var operated = op == UnaryOp.AbsoluteValue ? asked : asked with { IsSigned = false, EnumName = null };
        return Convert(Compute(new Unary(computed, Convert(Rvalue(arguments[0]), operated, span), operated), operated, span), type, span);
    }

    /// <summary>A rotation by a constant, as the two shifts that it is.</summary>
    private Operand? Rotated(string name, ReadOnlySpan<Node> arguments, CType type, Span span)
    {
        if (type is not IntType { Bits: var bits } || arguments[1].Cursor.Evaluate() is not { } by || arguments[1].MayHaveEffects) return null;
        var left = name.StartsWith("__builtin_rotateleft", StringComparison.Ordinal) ? by & (bits - 1) : -by & (bits - 1);
        var unsigned = new IntType(bits, IsSigned: false);
        var value = Convert(Rvalue(arguments[0]), unsigned, span);
        if (left == 0) return Convert(value, type, span);
        var high = Compute(new Binary(BinaryOp.Shl, value, Operand.Const(left, s_byte), unsigned), unsigned, span);
        var low = Compute(new Binary(BinaryOp.Shr, value, Operand.Const(bits - left, s_byte), unsigned), unsigned, span);
        return Convert(Compute(new Binary(BinaryOp.Or, high, low, unsigned), unsigned, span), type, span);
    }
}
