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
        if (name is "__builtin_parity" or "__builtin_parityl" or "__builtin_parityll")
            return NumberBuiltin(name.Replace("parity", "popcount", StringComparison.Ordinal), arguments, type, span) is { } set ? Arithmetical(BinaryOp.And, set, Operand.Const(1, type), type, span, type) : null;
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

    /// <summary>Goes on only where a condition holds, as the compiler may.</summary>
    private void Assume(Node condition, Span span)
    {
        var (holds, fails) = (_cfg.NewBlock(), _cfg.NewBlock());
        Condition(condition, holds, fails);
        _cfg.SwitchTo(fails);
        _cfg.End(new Unreachable("__builtin_assume", span));
        _cfg.SwitchTo(holds);
    }

    /// <summary>Arithmetic that tells whether its result fits where it is stored; null where that is none of those.</summary>
    private Operand? OverflowBuiltin(string name, ReadOnlySpan<Node> arguments, CType type, Span span)
    {
        BinaryOp? op = !name.EndsWith("_overflow", StringComparison.Ordinal) || arguments.Length != 3 ? null
            : name.Contains("add", StringComparison.Ordinal) ? BinaryOp.Add : name.Contains("sub", StringComparison.Ordinal) ? BinaryOp.Sub : name.Contains("mul", StringComparison.Ordinal) ? BinaryOp.Mul : null;
        if (op is not { } computed || Types.Lower(arguments[2].Type) is not PointerType { Pointee: IntType { Bits: <= 64, IsBool: false } stored }) return null;
        if (Types.Lower(arguments[0].Type) is not IntType { Bits: <= 64 } first || Types.Lower(arguments[1].Type) is not IntType { Bits: <= 64 } second) return null;
        var isUnsigned = first is { IsSigned: false } && second is { IsSigned: false } && stored is { IsSigned: false };
        var isNarrow = first.Bits <= 32 && second.Bits <= 32 && stored.Bits <= 32;
        if (!isNarrow && !(isUnsigned && stored.Bits == 64)) return null;

        // What is narrow is computed without loss; of 64 bits the compiler compares as one would by hand.
        var wide = new IntType(64, IsSigned: isNarrow && !(isUnsigned && op == BinaryOp.Mul));
        var left = Convert(Rvalue(arguments[0]), wide, span);
        var right = Convert(Rvalue(arguments[1]), wide, span);
        var target = Rvalue(arguments[2]);
        var result = Arithmetical(computed, left, right, wide, span, wide);
        var kept = Convert(result, stored, span);
        Write(Place.Memory(target, stored), kept, span);
        if (isNarrow) return Arithmetical(BinaryOp.Ne, Convert(kept, wide, span), result, wide, span, type);
        return op switch
        {
            BinaryOp.Add => Arithmetical(BinaryOp.Lt, result, left, wide, span, type),
            BinaryOp.Sub => Arithmetical(BinaryOp.Lt, left, right, wide, span, type),
            _ when right is { Kind: OperandKind.Const, Value: not 0 } => Arithmetical(BinaryOp.Ne, Arithmetical(BinaryOp.Div, result, right, wide, span, wide), left, wide, span, type),
            _ => UnknownOf(type, "whether a product fits", span),
        };
    }
}
