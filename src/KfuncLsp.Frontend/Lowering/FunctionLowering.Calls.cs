using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;
using static KfuncLsp.Frontend.Interop.CXCursorKind;

namespace KfuncLsp.Frontend.Lowering;

internal sealed partial class FunctionLowering
{
    /// <summary>The declaration that a call names, or a null cursor for a call through a pointer.</summary>
    private static CXCursor CalleeDeclaration(Node call)
    {
        if (call.Parts.Length == 0) return default;
        var callee = call.Parts[0].BareOfConversions();
        while (callee.Kind == CXCursor_UnaryOperator
            && clang.getCursorUnaryOperatorKind(callee.Cursor) is CXUnaryOperatorKind.Deref or CXUnaryOperatorKind.AddrOf)
            callee = callee.Parts[0].BareOfConversions();
        return callee.Kind == CXCursor_DeclRefExpr ? clang.getCursorReferenced(callee.Cursor) : default;
    }

    private static string CalleeName(Node call)
    {
        var declaration = CalleeDeclaration(call);
        return declaration.Kind == CXCursor_FunctionDecl ? declaration.Spelling() : "";
    }

    /// <summary>The first argument of <c>__builtin_expect</c>, which says nothing about the value.</summary>
    private static Node? ExpectedOf(Node call) =>
        CalleeName(call) is "__builtin_expect" or "__builtin_expect_with_probability" && call.Parts.Length > 1 ? call.Parts[1] : null;

    private Operand CallValue(Node node, CType type, Span span, bool isUsed)
    {
        var declaration = CalleeDeclaration(node);
        if (declaration.Kind == CXCursor_FunctionDecl && TryBuiltin(node, declaration.Spelling(), type, span, isUsed) is { } lowered) return lowered;

        Callee callee;
        FunctionType prototype;
        if (declaration.Kind == CXCursor_FunctionDecl)
        {
            callee = _unit.ReferenceFunction(declaration, _unit.RangeOf(node.Parts[0].Cursor).Start);
            prototype = _unit.PrototypeOf(declaration);
        }
        else if (declaration.Kind == CXCursor_VarDecl && _unit.HelperOf(declaration) is { } helper)
        {
            callee = helper;
            prototype = Types.Lower(clang.getCursorType(declaration)) is PointerType { Pointee: FunctionType f } ? f : new FunctionType(CType.Unknown, []);
        }
        else
        {
            if (node.Parts.Length == 0) return UnknownOf(type, "a call that clang did not understand", span);
            var target = Rvalue(node.Parts[0]);
            callee = new IndirectCallee(target);
            prototype = target.Type is PointerType { Pointee: FunctionType f } ? f : new FunctionType(type, []);
        }

        var arguments = new Operand[node.Parts.Length - 1];
        var spans = new Span[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Rvalue(node.Parts[i + 1]);
            spans[i] = SpanOf(node.Parts[i + 1]);
        }
        return EmitCall(callee, arguments, prototype, type, SpanOf(node.Parts[0]), spans, span, isUsed, TextOf(node));
    }

    private Operand EmitCall(Callee callee, Operand[] arguments, FunctionType prototype, CType type, Span calleeSpan, Span[] spans, Span span, bool isUsed, string name)
    {
        int? result = null;
        var value = Operand.Const(0, CType.Void);
        if (type is StructType && isUsed)
        {
            result = _cfg.NewLocal(name, type, LocalKind.Temporary, true, span);
        }
        else if (isUsed && type is not VoidType)
        {
            value = NewTemporary(type, name, span, out var id);
            result = id;
        }
        _cfg.Emit(new Call(result, callee, [.. arguments], prototype, calleeSpan, [.. spans], span));
        return type is StructType && result is { } memory ? AddressOfLocal(memory, type, span) : value;
    }

    /// <summary>Builtins with a meaning of their own; null for those that stay calls.</summary>
    private Operand? TryBuiltin(Node node, string name, CType type, Span span, bool isUsed)
    {
        if (name.StartsWith("__sync_", StringComparison.Ordinal)) return SyncBuiltin(node, name, type, span, isUsed);
        var arguments = node.Parts.AsSpan(1);
        switch (name)
        {
            case "__builtin_expect" or "__builtin_expect_with_probability":
                return isUsed ? Rvalue(arguments[0]) : DiscardValue(arguments[0]);
            case "__builtin_preserve_access_index" or "__builtin_preserve_static_offset" or "__builtin_launder":
                return Convert(Rvalue(arguments[0]), type, span);
            case "__builtin_constant_p" when arguments.Length == 1:
                return IsConstant(node, arguments[0], type, span);
            case "__builtin_unreachable" or "__builtin_trap" or "__bpf_unreachable" or "__builtin_debugtrap":
                _cfg.End(new Unreachable(name, span));
                return Operand.Const(0, CType.Void);
            case "__builtin_assume" when arguments.Length == 1 && !arguments[0].MayHaveEffects:
                Assume(arguments[0], span);
                return Operand.Const(0, CType.Void);
            case "__builtin_assume" or "__builtin_prefetch": return Operand.Const(0, CType.Void);
            case "__builtin_memcpy" or "__builtin_memmove" or "memcpy" or "memmove" or "__builtin_memcpy_inline" when arguments.Length == 3:
                var target = Rvalue(arguments[0]);
                var source = Rvalue(arguments[1]);
                _cfg.Emit(new CopyMemory(target, source, Rvalue(arguments[2]), span));
                return Convert(target, type, span);
            case "__builtin_memset" or "memset" or "__builtin_memset_inline" when arguments.Length == 3:
                var filled = Rvalue(arguments[0]);
                var with = Rvalue(arguments[1]);
                _cfg.Emit(new SetMemory(filled, with, Rvalue(arguments[2]), span));
                return Convert(filled, type, span);
            case "__builtin_bzero" or "bzero" when arguments.Length == 2:
                var zeroed = Rvalue(arguments[0]);
                _cfg.Emit(new SetMemory(zeroed, Operand.Const(0, new IntType(32, true)), Rvalue(arguments[1]), span));
                return Operand.Const(0, CType.Void);
            case "__builtin_object_size" or "__builtin_types_compatible_p" or "__builtin_classify_type" or "__builtin_dynamic_object_size":
                return node.Cursor.Evaluate() is { } value ? Operand.Const(value, type) : UnknownOf(type, name, span);
            case "__builtin_btf_type_id" or "__builtin_preserve_type_info" or "__builtin_preserve_enum_value" or "__builtin_preserve_field_info":
                return CoreRelocation(node, name, type, span);
        }
        if (!name.StartsWith("__builtin_", StringComparison.Ordinal)) return null;

        // Of constants, clang knows the answer (bswap, clz, strlen …).
        if (type is IntType && !node.MayHaveEffects && node.Cursor.Evaluate() is { } constant) return Operand.Const(Arithmetic.Wrap(constant, type), type);
        if ((NumberBuiltin(name, arguments, type, span) ?? OverflowBuiltin(name, arguments, type, span)) is { } number) return number;
        var operands = new Operand[arguments.Length];
        var spans = new Span[arguments.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = Rvalue(arguments[i]);
            spans[i] = SpanOf(arguments[i]);
        }
        return EmitCall(new BuiltinCallee(name), operands, _unit.PrototypeOf(CalleeDeclaration(node)), type, SpanOf(node.Parts[0]), spans, span, isUsed, TextOf(node));
    }

    private Operand DiscardValue(Node node)
    {
        Discard(node);
        return Operand.Const(0, CType.Void);
    }

    private Operand CoreRelocation(Node node, string name, CType type, Span span)
    {
        var subject = node.Parts[1];
        if (node.Parts.Length < 3 || node.Parts[2].Cursor.Evaluate() is not { } question) return UnknownOf(type, $"{name} without a constant question", span);
        CoreQuery? query = (name, question) switch
        {
            ("__builtin_btf_type_id", 0) => TypeQuery(CoreQueryKind.TypeIdLocal, subject, null, type),
            ("__builtin_btf_type_id", _) => TypeQuery(CoreQueryKind.TypeIdTarget, subject, null, type),
            ("__builtin_preserve_type_info", 0) => TypeQuery(CoreQueryKind.TypeExists, subject, 1, type),
            ("__builtin_preserve_type_info", 1) => TypeQuery(CoreQueryKind.TypeSize, subject, clang.Type_getSizeOf(subject.BareOfConversions().Type), type),
            ("__builtin_preserve_type_info", 2) => TypeQuery(CoreQueryKind.TypeMatches, subject, 1, type),
            ("__builtin_preserve_enum_value", _) => EnumQuery(question == 0 ? CoreQueryKind.EnumValueExists : CoreQueryKind.EnumValue, subject, type),
            ("__builtin_preserve_field_info", <= 5) => FieldQuery((int)question, subject, type),
            _ => null,
        };
        return query is null ? UnknownOf(type, $"{name} of a kind that is not understood", span) : Compute(query, type, span, TextOf(node));
    }

    private CoreQuery TypeQuery(CoreQueryKind kind, Node subject, long? answer, CType type)
    {
        var asked = subject.BareOfConversions().Type;
        if (kind == CoreQueryKind.TypeIdLocal) _unit.Structs.Complete(asked); // What bpf_obj_new allocates.
        var name = kind is CoreQueryKind.TypeIdLocal or CoreQueryKind.TypeIdTarget && _unit.Types.Lower(asked) is StructType record ? record.ToString() : TypeName(asked);
        return new CoreQuery(kind, name, "", answer, type);
    }

    /// <summary>The type as C spells it, without the <c>typeof</c> that libbpf's macros put around it.</summary>
    private static string TypeName(CXType type)
    {
        var text = type.Spelling();
        var open = text.IndexOf('(');
        var isTypeof = open >= 0 && text[..open].Trim() is "typeof" or "__typeof__" or "__typeof" && text.EndsWith(')');
        return isTypeof ? text[(open + 1)..^1].Trim() : text;
    }

    private static CoreQuery? EnumQuery(CoreQueryKind kind, Node subject, CType type)
    {
        var enumerator = Find(subject);
        if (enumerator.Kind != CXCursor_EnumConstantDecl) return null;
        var value = clang.getEnumConstantDeclValue(enumerator);
        return new CoreQuery(kind, TypeName(subject.BareOfConversions().Type), enumerator.Spelling(), kind == CoreQueryKind.EnumValue ? value : 1, type);

        static CXCursor Find(Node node)
        {
            if (node.Kind == CXCursor_DeclRefExpr)
            {
                var target = clang.getCursorReferenced(node.Cursor);
                if (target.Kind == CXCursor_EnumConstantDecl) return target;
            }
            for (var i = node.Parts.Length - 1; i >= 0; i--)
                if (Find(node.Parts[i]) is { Kind: CXCursor_EnumConstantDecl } found) return found;
            return default;
        }
    }

    private CoreQuery? FieldQuery(int question, Node subject, CType type)
    {
        var kind = question switch
        {
            0 => CoreQueryKind.FieldOffset,
            1 => CoreQueryKind.FieldSize,
            2 => CoreQueryKind.FieldExists,
            3 => CoreQueryKind.FieldSigned,
            4 => CoreQueryKind.FieldLeftShift,
            _ => CoreQueryKind.FieldRightShift,
        };
        var path = new List<string>();
        long offset = 0;
        FieldInfo? innermost = null;
        var node = subject.BareOfConversions();
        for (; node.Kind == CXCursor_MemberRefExpr && node.Parts.Length > 0; node = node.Parts[0].BareOfConversions())
        {
            var field = clang.getCursorReferenced(node.Cursor);
            if (field.Kind != CXCursor_FieldDecl) return null;
            var holding = node.Parts[0].Type;
            var record = TypeLowering.IsRecord(holding) ? holding : PointeeOf(holding);
            if (!TypeLowering.IsRecord(record) || _unit.Structs.PathTo(record, field) is not { } steps) return null;
            innermost ??= steps[^1];
            offset += steps.Sum(s => s.StorageOffset);
            path.InsertRange(0, steps.Where(s => s.Name.Length > 0).Select(s => s.Name));
            if (!TypeLowering.IsRecord(node.Parts[0].Type)) { node = node.Parts[0]; break; }
        }
        if (innermost is null) return null;
        var holder = TypeLowering.IsRecord(node.Type) ? node.Type : clang.getPointeeType(TypeLowering.Canonical(node.Type));
        var signed = innermost.Type is IntType { IsSigned: true };
        var width = innermost.IsBitField ? innermost.BitWidth : innermost.Type.Size * 8;
        long answer = question switch
        {
            0 => offset,
            1 => innermost.Type.Size,
            2 => 1,
            3 => signed ? 1 : 0,
            4 => 64 - (innermost.Bits.Shift + width),
            _ => 64 - width,
        };
        return new CoreQuery(kind, TypeLowering.Canonical(holder).Spelling(), string.Join('.', path), answer, type);
    }
}
