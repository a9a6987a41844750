using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;
using static KfuncLsp.Frontend.Interop.CXCursorKind;

namespace KfuncLsp.Frontend.Lowering;

internal sealed partial class FunctionLowering
{
    /// <summary>The value of an expression; of an aggregate, its address.</summary>
    private Operand Rvalue(Node node)
    {
        using var depth = new Depth(this);
        node = node.Bare();
        if (TypeLowering.IsError(node.Type)) return UnknownOf(CType.Unknown, "the expression has an error", SpanOf(node));
        if (TypeLowering.IsRecord(node.Type)) return AggregateAddress(node);
        var span = SpanOf(node);
        var type = Decayed(Types.Lower(node.Type));
        switch (node.Kind)
        {
            case CXCursor_IntegerLiteral or CXCursor_CharacterLiteral or CXCursor_UnaryExpr or CXCursor_CXXBoolLiteralExpr:
                return node.Cursor.Evaluate() is { } value
                    ? Operand.Const(Arithmetic.Wrap(value, type), type)
                    : UnknownOf(type, "a constant that clang does not evaluate", span);
            case CXCursor_CXXNullPtrLiteralExpr or CXCursor_GNUNullExpr: return Operand.Const(0, type);
            case CXCursor_FloatingLiteral: return UnknownOf(type, "floating point", span);
            case CXCursor_DeclRefExpr: return ReferenceValue(node, type, span);
            case CXCursor_MemberRefExpr or CXCursor_ArraySubscriptExpr or CXCursor_StringLiteral or CXCursor_CompoundLiteralExpr:
                return Read(PlaceOf(node), span, TextOf(node));
            case CXCursor_UnexposedExpr: return Unexposed(node, type, span);
            case CXCursor_CStyleCastExpr or CXCursor_BuiltinBitCastExpr:
                if (TypeLowering.IsVoid(node.Type))
                {
                    Discard(node.Parts[^1]);
                    return Operand.Const(0, CType.Void);
                }
                return Convert(Rvalue(node.Parts[^1]), type, span);
            case CXCursor_UnaryOperator: return UnaryOperator(node, type, span, isUsed: true);
            case CXCursor_BinaryOperator: return BinaryOperator(node, type, span);
            case CXCursor_CompoundAssignOperator: return CompoundAssign(node, span);
            case CXCursor_ConditionalOperator: return ConditionalValue(node, type, span);
            case CXCursor_CallExpr: return CallValue(node, type, span, isUsed: true);
            case CXCursor_StmtExpr: return StatementExpression(node, isUsed: true);
            case CXCursor_GenericSelectionExpr:
                if (Selected(node) is { } selected) return Rvalue(selected);
                return node.Cursor.Evaluate() is { } chosen ? Operand.Const(Arithmetic.Wrap(chosen, type), type) : UnknownOf(type, "_Generic", span);
            case CXCursor_InitListExpr when node.Parts.Length == 1: return Convert(Rvalue(node.Parts[0]), type, span);
            case CXCursor_InitListExpr when node.Parts.Length == 0: return Operand.Const(0, type);
            case CXCursor_AddrLabelExpr: throw new NotLoweredException("the address of a label");
            default: return UnknownOf(type, $"an expression of a kind that is not understood ({node.Kind})", span);
        }
    }

    private Operand ReferenceValue(Node node, CType type, Span span)
    {
        var target = clang.getCursorReferenced(node.Cursor);
        return target.Kind == CXCursor_EnumConstantDecl
            ? Operand.Const(Arithmetic.Wrap(clang.getEnumConstantDeclValue(target), type), type)
            : Read(PlaceOfReference(node, span), span, TextOf(node));
    }

    /// <summary>An expression whose kind libclang does not tell: an implicit conversion by its types, else what its parts show.</summary>
    private Operand Unexposed(Node node, CType type, Span span)
    {
        if (node.HasMemberRef || node.Parts.Length == 0)
            return node.Cursor.Evaluate() is { } value
                ? Operand.Const(Arithmetic.Wrap(value, type), type)
                : UnknownOf(type, "an expression that clang does not evaluate", span);
        if (node.IsElvis) return ElvisValue(node, type, span);
        if (node.Parts.Length > 1)
            return _shape.HiddenName(node) switch
            {
                "__builtin_choose_expr" => Rvalue(Chosen(node)),
                { } atomic => AtomicExpression(node, atomic, type, span),
                null => UnknownOf(type, "an expression of a kind that libclang hides", span),
            };

        var child = node.Parts[0];
        if (TypeLowering.IsVoid(node.Type))
        {
            Discard(child);
            return Operand.Const(0, CType.Void);
        }
        // A question about types has what its typeof names for a part, as a conversion has, but that stands where the whole does; clang knows the answer.
        if (type is IntType { IsBool: false } && (TypeLowering.IsPointer(child.Type) || SpanOf(child) != span) && node.Cursor.Evaluate() is { } answer) return Operand.Const(Arithmetic.Wrap(answer, type), type);
        if (TypeLowering.IsFunction(child.Type)) return Rvalue(child);
        if (TypeLowering.IsArray(child.Type) && !TypeLowering.IsArray(node.Type))
        {
            var place = PlaceOf(child);
            return Retype(place.IsRegister ? Operand.Local(place.Local, place.Type) : place.Type is ArrayType ? place.Address : Read(place, span, ""), type);
        }
        return Convert(Rvalue(child), type, span);
    }

    private Operand Convert(Operand value, CType to, Span span)
    {
        var from = value.Type;
        if (from == to || to is UnknownType or VoidType) return value;
        if (value.Kind == OperandKind.Const && to is IntType or PointerType)
            if (value.Kind == OperandKind.Const) return Operand.Const(Arithmetic.Wrap(value.Value, to), to);
        if (from is UnknownType or FloatType || to is FloatType)
            return Compute(new UnknownValue(to, from is UnknownType ? "the operand is unknown" : "floating point"), to, span);
        switch (from, to)
        {
            case (IntType { IsBool: true }, IntType { IsBool: true }): return Retype(value, to);
            case (_, IntType { IsBool: true }): return Compute(new Binary(BinaryOp.Ne, value, Operand.Const(0, from), from), to, span);
            case (IntType f, IntType t) when f.Bits == t.Bits: return Retype(value, to);
            case (PointerType, PointerType): return Retype(value, to);
            case (IntType { Bits: 64 }, PointerType) or (PointerType, IntType { Bits: 64 }): return Retype(value, to);
            case (IntType f, PointerType):
                var wide = new IntType(64, f.IsSigned);
                return Retype(Compute(new Cast(value, wide), wide, span), to);
            default: return Compute(new Cast(value, to), to, span);
        }
    }

    /// <summary>Evaluates for effect only.</summary>
    private void Discard(Node node)
    {
        using var depth = new Depth(this);
        node = node.Bare();
        var span = SpanOf(node);
        switch (node.Kind)
        {
            case CXCursor_DeclRefExpr or CXCursor_IntegerLiteral or CXCursor_UnaryExpr or CXCursor_StringLiteral: return;
            case CXCursor_CStyleCastExpr: Discard(node.Parts[^1]); return;
            case CXCursor_UnexposedExpr when node.Parts.Length == 1 && !node.HasMemberRef && !TypeLowering.IsError(node.Type):
                // A conversion without use is nothing, but reading volatile memory is an access.
                var isVolatileRead = clang.isVolatileQualifiedType(node.Parts[0].Type) != 0;
                if (isVolatileRead) Rvalue(node);
                else Discard(node.Parts[0]);
                return;
            case CXCursor_CallExpr: CallValue(node, Types.Lower(node.Type), span, isUsed: false); return;
            case CXCursor_StmtExpr: StatementExpression(node, isUsed: false); return;
            case CXCursor_UnaryOperator: UnaryOperator(node, Decayed(Types.Lower(node.Type)), span, isUsed: false); return;
            case CXCursor_BinaryOperator:
                switch (clang.getCursorBinaryOperatorKind(node.Cursor))
                {
                    case CXBinaryOperatorKind.Comma:
                        Discard(node.Parts[0]);
                        Discard(node.Parts[1]);
                        return;
                    case CXBinaryOperatorKind.LAnd or CXBinaryOperatorKind.LOr:
                        var isAnd = clang.getCursorBinaryOperatorKind(node.Cursor) == CXBinaryOperatorKind.LAnd;
                        var (more, after) = (_cfg.NewBlock(), _cfg.NewBlock());
                        Condition(node.Parts[0], isAnd ? more : after, isAnd ? after : more);
                        _cfg.SwitchTo(more);
                        Discard(node.Parts[1]);
                        _cfg.Enter(after, span);
                        return;
                }
                break;
            case CXCursor_ConditionalOperator:
                var (then, otherwise, join) = (_cfg.NewBlock(), _cfg.NewBlock(), _cfg.NewBlock());
                Condition(node.Parts[0], then, otherwise);
                _cfg.SwitchTo(then);
                Discard(node.Parts[1]);
                _cfg.Enter(join, span);
                _cfg.SwitchTo(otherwise);
                Discard(node.Parts[2]);
                _cfg.Enter(join, span);
                return;
            case CXCursor_MemberRefExpr or CXCursor_ArraySubscriptExpr: PlaceOf(node); return;
        }
        Rvalue(node);
    }

    private Operand ConditionalValue(Node node, CType type, Span span)
    {
        if (type is VoidType)
        {
            Discard(node);
            return Operand.Const(0, type);
        }
        var (then, otherwise, join) = (_cfg.NewBlock(), _cfg.NewBlock(), _cfg.NewBlock());
        var result = NewTemporary(type, TextOf(node), span, out var id);
        Condition(node.Parts[0], then, otherwise);
        _cfg.SwitchTo(then);
        Write(Place.Register(id, type), Convert(Rvalue(node.Parts[1]), type, span), span);
        _cfg.Enter(join, span);
        _cfg.SwitchTo(otherwise);
        Write(Place.Register(id, type), Convert(Rvalue(node.Parts[2]), type, span), span);
        _cfg.Enter(join, span);
        return result;
    }

    /// <summary>GNU <c>a ?: b</c>; its first operand is evaluated once.</summary>
    private Operand ElvisValue(Node node, CType type, Span span)
    {
        var (otherwise, join) = (_cfg.NewBlock(), _cfg.NewBlock());
        var result = NewTemporary(type, TextOf(node), span, out var id);
        var first = Rvalue(node.Parts[0]);
        _cfg.Emit(new Assign(id, new Use(Convert(first, type, span)), span));
        BranchOn(BinaryOp.Ne, first, Operand.Const(0, first.Type), first.Type, join, otherwise, SpanOf(node.Parts[0]));
        _cfg.SwitchTo(otherwise);
        Write(Place.Register(id, type), Convert(Rvalue(node.Parts[3]), type, span), span);
        _cfg.Enter(join, span);
        return result;
    }

    private Operand StatementExpression(Node node, bool isUsed)
    {
        var body = node.Parts[0];
        var result = Operand.Const(0, CType.Void);
        InScope(body, () =>
        {
            var parts = body.Parts;
            for (var i = 0; i < parts.Length; i++)
            {
                var last = i == parts.Length - 1 ? parts[i] : null;
                // The value may stand behind labels.
                while (last is { Kind: CXCursor_LabelStmt })
                {
                    _cfg.Enter(LabelBlock(last), SpanOf(last));
                    last = last.Parts.Length > 0 ? last.Parts[^1] : null;
                    if (last is null) return;
                }
                if (last is null || !last.IsExpression) Statement(last ?? parts[i]);
                else if (!isUsed || TypeLowering.IsVoid(node.Type)) Discard(last);
                else result = Rvalue(last);
            }
            if (_scope!.Cleanups.Count > 0 && result is { Kind: OperandKind.Local, Type: not VoidType })
                result = Compute(new Use(result), result.Type, SpanOf(node));
        });
        return result;
    }

    /// <summary>The address of a struct or union value.</summary>
    private Operand AggregateAddress(Node node)
    {
        using var depth = new Depth(this);
        node = node.Bare();
        var span = SpanOf(node);
        var type = Types.Lower(node.Type);
        switch (node.Kind)
        {
            case CXCursor_CallExpr: return CallValue(node, type, span, isUsed: true);
            case CXCursor_StmtExpr: return StatementExpression(node, isUsed: true);
            case CXCursor_UnexposedExpr when node.Parts.Length == 1 && !node.HasMemberRef: return AggregateAddress(node.Parts[0]);
            case CXCursor_CStyleCastExpr when TypeLowering.IsRecord(node.Parts[^1].Type): return AggregateAddress(node.Parts[^1]);
            case CXCursor_BinaryOperator when clang.getCursorBinaryOperatorKind(node.Cursor) == CXBinaryOperatorKind.Comma:
                Discard(node.Parts[0]);
                return AggregateAddress(node.Parts[1]);
            case CXCursor_BinaryOperator when clang.getCursorBinaryOperatorKind(node.Cursor) == CXBinaryOperatorKind.Assign:
                var source = AggregateAddress(node.Parts[1]);
                var target = AddressOf(node.Parts[0]);
                _unit.Structs.Complete(node.Type);
                _cfg.Emit(new CopyMemory(target, source, SizeOperand(type.Size), span));
                return target;
            case CXCursor_ConditionalOperator: return ConditionalValue(node, new PointerType(type), span);
            case CXCursor_DeclRefExpr or CXCursor_MemberRefExpr or CXCursor_ArraySubscriptExpr or CXCursor_CompoundLiteralExpr or CXCursor_UnaryOperator
                or CXCursor_GenericSelectionExpr:
                return AddressOf(node);
            case CXCursor_UnexposedExpr when node.Parts.Length == 3 && _shape.HiddenName(node) == "__builtin_choose_expr": return AggregateAddress(Chosen(node));
            default: return UnknownOf(new PointerType(type), $"an aggregate of a kind that is not understood ({node.Kind})", span);
        }
    }

    /// <summary>The association that <c>_Generic</c> picks: the one of the expression's own type.</summary>
    private static Node? Selected(Node node)
    {
        var wanted = TypeLowering.Canonical(node.Type).Data0;
        var fitting = node.Parts.Skip(1).Where(p => p.IsExpression && TypeLowering.Canonical(p.Type).Data0 == wanted).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private static Node Chosen(Node node) =>
        (node.Parts[0].Cursor.Evaluate() ?? throw new NotLoweredException("__builtin_choose_expr of something that is not a constant")) != 0
            ? node.Parts[1] : node.Parts[2];

    private static byte[] StringBytes(Node node)
    {
        var bytes = PrintedText.Unquote(node.Cursor.Spelling());
        return [.. bytes, 0];
    }
}
