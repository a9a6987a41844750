using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

internal sealed partial class FunctionLowering
{
    /// <summary><c>__sync_*</c>: those that return the new value, or whether it changed, are reduced to those that return the old one.</summary>
    private Operand SyncBuiltin(Node node, string name, CType type, Span span, bool isUsed)
    {
        // clang names the overload by its size: __sync_fetch_and_add_8.
        var under = name.LastIndexOf('_');
        if (under > 0 && int.TryParse(name.AsSpan(under + 1), out _)) name = name[..under];
        if (name == "__sync_synchronize") return Operand.Const(0, CType.Void);
        var arguments = node.Parts.AsSpan(1);
        if (arguments.Length == 0) return UnknownOf(type, name, span);

        var pointer = Rvalue(arguments[0]);
        var element = pointer.Type is PointerType { Pointee: not VoidType and not UnknownType } p ? p.Pointee : type;
        var operands = new List<Operand>();
        foreach (var argument in arguments[1..]) operands.Add(Convert(Rvalue(argument), element, span));
        switch (name)
        {
            case "__sync_lock_release":
                _cfg.Emit(new Store(pointer, Operand.Const(0, element), element, BitRange.Whole, span));
                return Operand.Const(0, CType.Void);
            case "__sync_bool_compare_and_swap" when operands.Count >= 2:
                var seen = Atomic("__sync_val_compare_and_swap", pointer, operands, element, span, isUsed: true, TextOf(node));
                return isUsed ? Arithmetical(BinaryOp.Eq, seen, operands[0], element, span, type) : Operand.Const(0, CType.Void);
        }
        var fetchLast = name.EndsWith("_and_fetch", StringComparison.Ordinal);
        if (!fetchLast) return Convert(Atomic(name, pointer, operands, element, span, isUsed, TextOf(node)), isUsed ? type : CType.Void, span);
        var verb = name["__sync_".Length..^"_and_fetch".Length];
        var old = Atomic($"__sync_fetch_and_{verb}", pointer, operands, element, span, isUsed, "");
        return isUsed ? Convert(Updated(verb, old, operands, element, span), type, span) : old;
    }

    private Operand Updated(string verb, Operand old, List<Operand> operands, CType element, Span span)
    {
        BinaryOp? op = verb switch
        {
            "add" => BinaryOp.Add,
            "sub" => BinaryOp.Sub,
            "and" => BinaryOp.And,
            "or" => BinaryOp.Or,
            "xor" => BinaryOp.Xor,
            _ => null,
        };
        if (verb == "nand" && operands.Count > 0)
            return Unary(UnaryOp.BitNot, Arithmetical(BinaryOp.And, old, operands[0], element, span), element, span);
        return op is { } known && operands.Count > 0
            ? Arithmetical(known, old, operands[0], element, span)
            : UnknownOf(element, "an atomic operation that is not understood", span);
    }

    private Operand Atomic(string builtin, Operand pointer, List<Operand> operands, CType element, Span span, bool isUsed, string name)
    {
        int? result = null;
        var value = Operand.Const(0, CType.Void);
        if (isUsed)
        {
            value = NewTemporary(element, name, span, out var id);
            result = id;
        }
        _cfg.Emit(new AtomicUpdate(result, builtin, pointer, [.. operands], element, span));
        return value;
    }

    /// <summary><c>__atomic_*</c>. clang keeps its operands as pointer, order, value, failure order, second value.</summary>
    private Operand AtomicExpression(Node node, string name, CType type, Span span)
    {
        var parts = node.Parts;
        if (name.Contains("_fence", StringComparison.Ordinal)) return Operand.Const(0, CType.Void);
        var pointer = Rvalue(parts[0]);
        var element = pointer.Type is PointerType { Pointee: not VoidType and not UnknownType } p ? p.Pointee : throw new NotLoweredException($"{name} through a pointer to an unknown type");
        var verb = name[(name.IndexOf("atomic_", StringComparison.Ordinal) + "atomic_".Length)..];
        var isGnu = name.StartsWith("__atomic_", StringComparison.Ordinal) || name.StartsWith("__scoped_atomic_", StringComparison.Ordinal);
        if (element is not (IntType or PointerType)) throw new NotLoweredException($"{name} on a type that is no scalar");
        switch (verb)
        {
            case "load_n" or "load" when parts.Length == 2:
                return Read(Place.Memory(pointer, element), span, TextOf(node));
            case "load" when isGnu:
                var read = Read(Place.Memory(pointer, element), span, TextOf(node));
                _cfg.Emit(new Store(Rvalue(parts[2]), read, element, BitRange.Whole, span));
                return Operand.Const(0, CType.Void);
            case "store_n" or "store":
                var stored = Rvalue(parts[2]);
                if (verb == "store" && isGnu) stored = Read(Place.Memory(stored, element), span, "");
                _cfg.Emit(new Store(pointer, Convert(stored, element, span), element, BitRange.Whole, span));
                return Operand.Const(0, CType.Void);
            case "compare_exchange_n" or "compare_exchange_strong" or "compare_exchange_weak" or "compare_exchange":
                var expected = Rvalue(parts[2]);
                var desired = Rvalue(parts[4]);
                if (verb == "compare_exchange") desired = Read(Place.Memory(desired, element), span, "");
                var wanted = Read(Place.Memory(expected, element), span, "");
                var seen = Atomic("__sync_val_compare_and_swap", pointer, [wanted, Convert(desired, element, span)], element, span, isUsed: true, TextOf(node));
                _cfg.Emit(new Store(expected, seen, element, BitRange.Whole, span));
                return Arithmetical(BinaryOp.Eq, seen, wanted, element, span, type);
            case "test_and_set" or "clear": throw new NotLoweredException($"{name}");
            case "exchange" when isGnu: throw new NotLoweredException($"{name}");
        }
        var operand = Convert(Rvalue(parts[2]), element, span);
        if (verb is "exchange_n" or "exchange") return Convert(Atomic("__sync_lock_test_and_set", pointer, [operand], element, span, isUsed: true, TextOf(node)), type, span);
        if (verb.StartsWith("fetch_", StringComparison.Ordinal))
            return Convert(Atomic($"__sync_fetch_and_{verb["fetch_".Length..]}", pointer, [operand], element, span, isUsed: true, TextOf(node)), type, span);
        if (!verb.EndsWith("_fetch", StringComparison.Ordinal)) throw new NotLoweredException($"{name}");
        verb = verb[..^"_fetch".Length];
        var old = Atomic($"__sync_fetch_and_{verb}", pointer, [operand], element, span, isUsed: true, "");
        return Convert(Updated(verb, old, [operand], element, span), type, span);
    }
}
