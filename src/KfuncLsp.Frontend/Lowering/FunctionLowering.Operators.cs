using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;
using static KfuncLsp.Frontend.Interop.CXCursorKind;

namespace KfuncLsp.Frontend.Lowering;

internal sealed partial class FunctionLowering
{
    private Operand UnaryOperator(Node node, CType type, Span span, bool isUsed)
    {
        var operand = node.Parts[0];
        switch (clang.getCursorUnaryOperatorKind(node.Cursor))
        {
            case CXUnaryOperatorKind.PostInc: return Increment(operand, 1, isPostfix: true, isUsed, span);
            case CXUnaryOperatorKind.PostDec: return Increment(operand, -1, isPostfix: true, isUsed, span);
            case CXUnaryOperatorKind.PreInc: return Increment(operand, 1, isPostfix: false, isUsed, span);
            case CXUnaryOperatorKind.PreDec: return Increment(operand, -1, isPostfix: false, isUsed, span);
            case CXUnaryOperatorKind.AddrOf:
                return Retype(AddressOf(operand), type);
            case CXUnaryOperatorKind.Deref:
                if (!isUsed)
                {
                    Discard(operand);
                    return Operand.Const(0, CType.Void);
                }
                return Read(PlaceOf(node), span, TextOf(node));
            case CXUnaryOperatorKind.Plus or CXUnaryOperatorKind.Extension: return Rvalue(operand);
            case CXUnaryOperatorKind.Minus: return Unary(UnaryOp.Neg, Rvalue(operand), type, span);
            case CXUnaryOperatorKind.Not: return Unary(UnaryOp.BitNot, Rvalue(operand), type, span);
            case CXUnaryOperatorKind.LNot:
                if (!isUsed)
                {
                    Discard(operand);
                    return Operand.Const(0, type);
                }
                return Truth(node, type, span);
            default: return UnknownOf(type, "a unary operator that is not understood", span);
        }
    }

    private Operand Unary(UnaryOp op, Operand value, CType type, Span span)
    {
        if (value.Kind == OperandKind.Const && type is IntType { Bits: <= 64 })
            return Operand.Const(Arithmetic.Wrap(op == UnaryOp.Neg ? -value.Value : ~value.Value, type), type);
        return type is IntType ? Compute(new Unary(op, value, type), type, span) : UnknownOf(type, "an operator on a type that BPF lacks", span);
    }

    private Operand Increment(Node operand, int by, bool isPostfix, bool isUsed, Span span)
    {
        var place = PlaceOf(operand);
        var old = Read(place, span, TextOf(operand));
        if (isPostfix && isUsed && place.IsRegister) old = Compute(new Use(old), place.Type, span);
        Operand updated;
        if (place.Type is PointerType)
        {
            var size = ElementSize(clang.getPointeeType(TypeLowering.Canonical(operand.Type)));
            updated = PointerPlus(old, Operand.Const(by, new IntType(32, true)), size, place.Type, span);
        }
        else if (place.Type is IntType { IsBool: true })
        {
            // Counted as an int and made a truth again: bool++ is true, bool-- is the opposite.
            var number = new IntType(32, true);
            updated = Convert(Arithmetical(by > 0 ? BinaryOp.Add : BinaryOp.Sub, Convert(old, number, span), Operand.Const(1, number), number, span), place.Type, span);
        }
        else updated = Arithmetical(by > 0 ? BinaryOp.Add : BinaryOp.Sub, old, Operand.Const(1, place.Type), place.Type, span);
        Write(place, updated, span);
        if (!isUsed) return Operand.Const(0, CType.Void);
        return isPostfix ? old : place.IsRegister ? Operand.Local(place.Local, place.Type) : place.Bits.IsWhole ? updated : Read(place, span, "");
    }

    private Operand BinaryOperator(Node node, CType type, Span span)
    {
        var kind = clang.getCursorBinaryOperatorKind(node.Cursor);
        var (left, right) = (node.Parts[0], node.Parts[1]);
        switch (kind)
        {
            case CXBinaryOperatorKind.Assign: return Assignment(left, right, span);
            case CXBinaryOperatorKind.Comma:
                Discard(left);
                return Rvalue(right);
            case CXBinaryOperatorKind.LAnd or CXBinaryOperatorKind.LOr: return Truth(node, type, span);
        }
        var l = Rvalue(left);
        var r = Rvalue(right);
        return BinaryValue(OpOf(kind), l, r, left.Type, right.Type, type, span);
    }

    private Operand BinaryValue(BinaryOp? op, Operand l, Operand r, CXType leftType, CXType rightType, CType type, Span span)
    {
        if (op is not { } known) return UnknownOf(type, "a binary operator that is not understood", span);
        if (type is FloatType || l.Type is FloatType or UnknownType || r.Type is FloatType or UnknownType)
            return UnknownOf(type, "floating point, or an operand that is not known", span);
        if (Arithmetic.IsComparison(known)) return Arithmetical(known, l, r, l.Type is PointerType || r.Type is not PointerType ? l.Type : r.Type, span, type);
        if (known is BinaryOp.Add or BinaryOp.Sub)
        {
            if (l.Type is PointerType && r.Type is PointerType)
            {
                var word = new IntType(64, true);
                var bytes = Arithmetical(BinaryOp.Sub, Retype(l, word), Retype(r, word), word, span);
                var size = ElementSize(clang.getPointeeType(TypeLowering.Canonical(leftType)));
                return size <= 1 ? Retype(bytes, type) : Arithmetical(BinaryOp.Div, bytes, Operand.Const(size, word), word, span);
            }
            if (l.Type is PointerType) return PointerPlus(l, r, (known == BinaryOp.Sub ? -1 : 1) * ElementSize(PointeeOf(leftType)), type, span);
            if (r.Type is PointerType) return PointerPlus(r, l, ElementSize(PointeeOf(rightType)), type, span);
        }
        return Arithmetical(known, l, r, type, span);
    }

    private static CXType PointeeOf(CXType pointer)
    {
        var type = TypeLowering.Canonical(pointer);
        return TypeLowering.IsArray(type) ? clang.getArrayElementType(type) : clang.getPointeeType(type);
    }

    /// <summary>An integer operation or a comparison, folded where both sides are constants.</summary>
    private Operand Arithmetical(BinaryOp op, Operand l, Operand r, CType operationType, Span span, CType? resultType = null)
    {
        var result = resultType ?? operationType;
        if (l.Kind == OperandKind.Const && r.Kind == OperandKind.Const && Arithmetic.Fold(op, l.Value, r.Value, operationType) is { } folded)
            return Operand.Const(Arithmetic.Wrap(folded, result), result);
        // (short)0 + number is written for the type alone.
        if (op == BinaryOp.Add && l.IsConst(0) && r.Type == operationType && result == operationType && r.Kind == OperandKind.Local) return r;
        return Compute(new Binary(op, l, r, operationType), result, span);
    }

    private Operand Assignment(Node left, Node right, Span span)
    {
        var value = Rvalue(right);
        var place = PlaceOf(left);
        value = Convert(value, place.Type, span);
        Write(place, value, span);
        if (place.IsRegister) return Operand.Local(place.Local, place.Type);
        return place.Bits.IsWhole || left.Parent?.Parent is { IsExpression: false } ? value : Read(place, span, "");
    }

    private Operand CompoundAssign(Node node, Span span)
    {
        var (left, right) = (node.Parts[0], node.Parts[1]);
        var op = OpOf(clang.getCursorBinaryOperatorKind(node.Cursor));
        var r = Rvalue(right);
        var place = PlaceOf(left);
        var old = Read(place, span, TextOf(left));
        Operand updated;
        if (place.Type is PointerType)
            updated = BinaryValue(op, old, r, left.Type, right.Type, place.Type, span);
        else
        {
            var operation = op is BinaryOp.Shl or BinaryOp.Shr ? Promote(place.Type, place.Bits) : Common(Promote(place.Type, place.Bits), r.Type);
            var l = Convert(old, operation, span);
            if (op is not (BinaryOp.Shl or BinaryOp.Shr)) r = Convert(r, operation, span);
            updated = Convert(BinaryValue(op, l, r, left.Type, right.Type, operation, span), place.Type, span);
        }
        Write(place, updated, span);
        return place.IsRegister ? Operand.Local(place.Local, place.Type) : place.Bits.IsWhole ? updated : Read(place, span, "");
    }

    /// <summary>C's integer promotion.</summary>
    private static CType Promote(CType type, BitRange bits) => type switch
    {
        IntType { Bits: < 32 } => new IntType(32, true),
        IntType { Bits: 32 } t when !bits.IsWhole && (bits.Width < 32 || t.IsSigned) => new IntType(32, true),
        IntType t => t with { EnumName = null, IsBool = false },
        _ => type,
    };

    /// <summary>C's usual arithmetic conversions on promoted integers.</summary>
    private static CType Common(CType a, CType b)
    {
        if (a is not IntType x || Promote(b, BitRange.Whole) is not IntType y) return a is IntType ? b : a;
        if (x.Bits != y.Bits) return x.Bits > y.Bits ? x : y;
        return x.IsSigned ? y : x;
    }

    private static BinaryOp? OpOf(CXBinaryOperatorKind kind) => kind switch
    {
        CXBinaryOperatorKind.Mul or CXBinaryOperatorKind.MulAssign => BinaryOp.Mul,
        CXBinaryOperatorKind.Div or CXBinaryOperatorKind.DivAssign => BinaryOp.Div,
        CXBinaryOperatorKind.Rem or CXBinaryOperatorKind.RemAssign => BinaryOp.Mod,
        CXBinaryOperatorKind.Add or CXBinaryOperatorKind.AddAssign => BinaryOp.Add,
        CXBinaryOperatorKind.Sub or CXBinaryOperatorKind.SubAssign => BinaryOp.Sub,
        CXBinaryOperatorKind.Shl or CXBinaryOperatorKind.ShlAssign => BinaryOp.Shl,
        CXBinaryOperatorKind.Shr or CXBinaryOperatorKind.ShrAssign => BinaryOp.Shr,
        CXBinaryOperatorKind.And or CXBinaryOperatorKind.AndAssign => BinaryOp.And,
        CXBinaryOperatorKind.Or or CXBinaryOperatorKind.OrAssign => BinaryOp.Or,
        CXBinaryOperatorKind.Xor or CXBinaryOperatorKind.XorAssign => BinaryOp.Xor,
        CXBinaryOperatorKind.EQ => BinaryOp.Eq,
        CXBinaryOperatorKind.NE => BinaryOp.Ne,
        CXBinaryOperatorKind.LT => BinaryOp.Lt,
        CXBinaryOperatorKind.LE => BinaryOp.Le,
        CXBinaryOperatorKind.GT => BinaryOp.Gt,
        CXBinaryOperatorKind.GE => BinaryOp.Ge,
        _ => null,
    };

    /// <summary>A condition used as a value: 1 on one way, 0 on the other.</summary>
    private Operand Truth(Node node, CType type, Span span)
    {
        // !x of a plain value is a comparison; only what short-circuits needs blocks.
        var bare = node.Bare();
        if (bare.Kind == CXCursor_UnaryOperator && !ShortCircuits(bare.Parts[0]))
        {
            var value = Rvalue(bare.Parts[0]);
            if (value.Type is FloatType or UnknownType) return UnknownOf(type, "floating point, or an operand that is not known", span);
            return Arithmetical(BinaryOp.Eq, value, Operand.Const(0, value.Type), value.Type, span, type);
        }
        var (yes, no, join) = (_cfg.NewBlock(), _cfg.NewBlock(), _cfg.NewBlock());
        var result = NewTemporary(type, TextOf(node), span, out var id);
        Condition(node, yes, no);
        _cfg.SwitchTo(yes);
        _cfg.Emit(new Assign(id, new Use(Operand.Const(1, type)), span));
        _cfg.Enter(join, span);
        _cfg.SwitchTo(no);
        _cfg.Emit(new Assign(id, new Use(Operand.Const(0, type)), span));
        _cfg.Enter(join, span);
        return result;
    }

    private static bool ShortCircuits(Node node)
    {
        node = node.BareOfConversions();
        return node.Kind switch
        {
            CXCursor_BinaryOperator => clang.getCursorBinaryOperatorKind(node.Cursor) is CXBinaryOperatorKind.LAnd or CXBinaryOperatorKind.LOr,
            CXCursor_UnaryOperator => clang.getCursorUnaryOperatorKind(node.Cursor) == CXUnaryOperatorKind.LNot && ShortCircuits(node.Parts[0]),
            _ => false,
        };
    }

    /// <summary>Goes to <paramref name="then"/> where the expression is not zero, else to <paramref name="otherwise"/>.</summary>
    private void Condition(Node node, int then, int otherwise)
    {
        using var depth = new Depth(this);
        node = node.Bare();
        var span = SpanOf(node);
        if (!TypeLowering.IsError(node.Type))
            switch (node.Kind)
            {
                case CXCursor_UnaryOperator when clang.getCursorUnaryOperatorKind(node.Cursor) == CXUnaryOperatorKind.LNot:
                    Condition(node.Parts[0], otherwise, then);
                    return;
                case CXCursor_BinaryOperator when ConditionOfBinary(node, then, otherwise, span): return;
                case CXCursor_UnexposedExpr or CXCursor_CStyleCastExpr when KeepsTruth(node):
                    Condition(node.Parts[^1], then, otherwise);
                    return;
                case CXCursor_CallExpr when ExpectedOf(node) is { } expected:
                    Condition(expected, then, otherwise);
                    return;
                case CXCursor_StmtExpr when ConditionOfStatements(node, then, otherwise): return;
            }
        var value = Rvalue(node);
        if (value.Type is FloatType or UnknownType or VoidType)
        {
            value = UnknownOf(new IntType(32, true), "a condition that is not known", span);
        }
        BranchOn(BinaryOp.Ne, value, Operand.Const(0, value.Type), value.Type, then, otherwise, span);
    }

    private bool ConditionOfBinary(Node node, int then, int otherwise, Span span)
    {
        var kind = clang.getCursorBinaryOperatorKind(node.Cursor);
        var (left, right) = (node.Parts[0], node.Parts[1]);
        switch (kind)
        {
            case CXBinaryOperatorKind.LAnd or CXBinaryOperatorKind.LOr:
                var more = _cfg.NewBlock();
                if (kind == CXBinaryOperatorKind.LAnd) Condition(left, more, otherwise);
                else Condition(left, then, more);
                _cfg.SwitchTo(more);
                Condition(right, then, otherwise);
                return true;
            case CXBinaryOperatorKind.Comma:
                Discard(left);
                Condition(right, then, otherwise);
                return true;
        }
        if (OpOf(kind) is not { } op || !Arithmetic.IsComparison(op)) return false;
        var l = Rvalue(left);
        var r = Rvalue(right);
        if (l.Type is FloatType or UnknownType || r.Type is FloatType or UnknownType)
        {
            var unknown = UnknownOf(new IntType(32, true), "a condition that is not known", span);
            BranchOn(BinaryOp.Ne, unknown, Operand.Const(0, unknown.Type), unknown.Type, then, otherwise, span);
        }
        else BranchOn(op, l, r, l.Type is PointerType || r.Type is not PointerType ? l.Type : r.Type, then, otherwise, span);
        return true;
    }

    /// <summary>A conversion that changes neither zero nor not-zero, around something that <see cref="Condition"/> can take apart.</summary>
    private bool KeepsTruth(Node node)
    {
        if (node.Parts.Length == 0 || node.HasMemberRef || node.Kind == CXCursor_UnexposedExpr && node.Parts.Length != 1) return false;
        var child = node.Parts[^1].Bare();
        if (child.Kind is not (CXCursor_UnaryOperator or CXCursor_BinaryOperator or CXCursor_CallExpr or CXCursor_StmtExpr or CXCursor_UnexposedExpr or CXCursor_CStyleCastExpr))
            return false;
        if (child.Kind == CXCursor_UnaryOperator && clang.getCursorUnaryOperatorKind(child.Cursor) != CXUnaryOperatorKind.LNot) return false;
        if (TypeLowering.IsError(child.Type) || TypeLowering.IsAggregate(child.Type) || TypeLowering.IsFunction(child.Type)) return false;
        return (Types.Lower(child.Type), Types.Lower(node.Type)) switch
        {
            (IntType, IntType { IsBool: true }) => true,
            (IntType f, IntType t) => t.Bits >= f.Bits,
            (PointerType, PointerType) => true,
            (PointerType, IntType t) => t.IsBool || t.Bits == 64,
            _ => false,
        };
    }

    private bool ConditionOfStatements(Node node, int then, int otherwise)
    {
        var parts = node.Parts[0].Parts;
        if (parts.Length == 0 || !parts[^1].IsExpression || TypeLowering.IsVoid(node.Type)) return false;
        foreach (var part in parts)
            if (part.Kind == CXCursor_DeclStmt && Array.Exists(part.Parts, p => p.Kind == CXCursor_VarDecl && _unit.AttributesOf(p.Cursor).Cleanup is not null))
                return false;
        InScope(node.Parts[0], () =>
        {
            for (var i = 0; i < parts.Length - 1; i++) Statement(parts[i]);
            Condition(parts[^1], then, otherwise);
        });
        return true;
    }

    private void BranchOn(BinaryOp op, Operand l, Operand r, CType type, int then, int otherwise, Span span)
    {
        if (l.Kind == OperandKind.Const && r.Kind == OperandKind.Const && Arithmetic.Fold(op, l.Value, r.Value, type) is { } known)
            _cfg.End(new Jump(known != 0 ? then : otherwise, span));
        else
            _cfg.End(new Branch(op, l, r, type, then, otherwise, span));
    }
}
