using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>Gives up one function: the reason is for the user.</summary>
internal sealed class NotLoweredException(string reason) : Exception(reason);

/// <summary>One function's cursors → <see cref="FunctionIr"/>.</summary>
/// <remarks>
/// An aggregate by value goes by its address: an argument is the address of the caller's object, which the callee copies on entry; a returned
/// aggregate is the address of the callee's object; the result of such a call is a local in memory.
/// </remarks>
internal sealed partial class FunctionLowering
{
    /// <summary>Far above what people write, far below what 64 MB of stack hold.</summary>
    private const int MaxDepth = 4_000;

    private sealed record Variable(int LocalId, bool InMemory, CXType ClangType, CType Type);

    private readonly UnitContext _unit;
    private readonly CXCursor _definition;
    private readonly SourceRange _extent;
    private readonly CfgBuilder _cfg = new();
    private readonly Dictionary<nint, Variable> _variables = [];
    private readonly FunctionShape _shape;
    private readonly bool _isNaked;
    private int _depth;

    private FunctionLowering(UnitContext unit, CXCursor definition, SourceRange extent, bool isNaked)
    {
        _isNaked = isNaked;
        _unit = unit;
        _definition = definition;
        _extent = extent;
        _shape = new FunctionShape(unit, definition);
    }

    private TypeLowering Types => _unit.Types;

    /// <summary>Lowers a definition.</summary>
    /// <remarks>Errors: a function that cannot be lowered has <see cref="FunctionIr.NotLowered"/> set; nothing is thrown.</remarks>
    public static FunctionIr Lower(UnitContext unit, CXCursor definition, DeclAttributes attributes, string? broken)
    {
        var extent = unit.RangeOf(definition);
        var name = definition.Spelling();
        var parameters = Array.FindAll(definition.Children(), static c => c.Kind == CXCursorKind.CXCursor_ParmDecl);
        var prototype = unit.Types.LowerFunction(clang.getCursorType(definition), parameters);
        var ir = new FunctionIr
        {
            Name = name,
            Anchor = new FunctionAnchor(unit.FileName(extent.File), extent.Start, extent.Length, unit.NameSpan(definition)),
            ReturnType = prototype.Return,
            IsStatic = clang.Cursor_getStorageClass(definition) == CX_StorageClass.Static || attributes.IsHidden,
            IsWeak = attributes.IsWeak,
            IsAlwaysInline = attributes.IsAlwaysInline,
            IsNoInline = attributes.IsNoInline,
            IsNaked = attributes.IsNaked,
            Section = attributes.Section,
            DeclTags = [.. attributes.DeclTags],
            Parameters = [.. prototype.Parameters.Select((p, i) => new Parameter(p.Name, p.Type, i))],
        };
        if (broken is not null) return ir with { NotLowered = broken };
        try
        {
            return new FunctionLowering(unit, definition, extent, attributes.IsNaked).LowerBody(ir, parameters);
        }
        catch (NotLoweredException reason)
        {
            return ir with { NotLowered = reason.Message };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A fault of ours costs this function, not the file.
            return ir with { NotLowered = $"internal error: {fault.GetType().Name}: {fault.Message}" };
        }
    }

    private FunctionIr LowerBody(FunctionIr ir, CXCursor[] parameters)
    {
        var body = _shape.Body ?? throw new NotLoweredException("the function has no body");
        var lowered = _isNaked ? EnterNaked(ir, parameters, SpanOf(body)) : [];
        var inMemory = new List<(CXCursor Cursor, int Register)>();
        foreach (var cursor in _isNaked ? [] : parameters)
        {
            var (type, decl) = (clang.getCursorType(cursor), SpanOf(cursor));
            var cType = Decayed(Types.Lower(type));
            var byAddress = cType is StructType;
            var id = _cfg.NewLocal(cursor.Spelling(), byAddress ? new PointerType(cType) : cType, LocalKind.Parameter, false, decl);
            lowered.Add(new Parameter(cursor.Spelling(), cType, id) { DeclTags = [.. _unit.AttributesOf(cursor).DeclTags] });
            if (byAddress || _shape.IsAddressTaken(cursor) || clang.isVolatileQualifiedType(type) != 0) inMemory.Add((cursor, id));
            else _variables[cursor.Declaration] = new Variable(id, false, type, cType);
        }
        foreach (var (cursor, register) in inMemory) SpillParameter(cursor, register);

        Statement(body);
        var last = new Span(Math.Max(0, _extent.Length - 1), 1);
        _cfg.End(new Return(null, last));
        var (blocks, locals) = _cfg.Finish(last);
        return ir with { Parameters = [.. lowered], Blocks = blocks, Locals = locals };
    }

    /// <summary>A parameter whose address is taken lives in memory, and is stored there on entry.</summary>
    private void SpillParameter(CXCursor cursor, int register)
    {
        var type = clang.getCursorType(cursor);
        var cType = Decayed(Types.Lower(type));
        var span = SpanOf(cursor);
        var id = _cfg.NewLocal(cursor.Spelling(), cType, LocalKind.Variable, true, span);
        _variables[cursor.Declaration] = new Variable(id, true, type, cType);
        var address = AddressOfLocal(id, cType, span);
        var value = Operand.Local(register, _cfg.Local(register).Type);
        if (cType is StructType)
        {
            _unit.Structs.Complete(type);
            _cfg.Emit(new CopyMemory(address, value, SizeOperand(cType.Size), span));
        }
        else _cfg.Emit(new Store(address, value, cType, BitRange.Whole, span));
    }

    private Span SpanOf(Node node) => SpanOf(node.Cursor);

    private Span SpanOf(CXCursor cursor)
    {
        var range = _unit.RangeOf(cursor);
        if (range.File != _extent.File || range.Start < _extent.Start) return new Span(0, 0);
        return new Span(range.Start - _extent.Start, Math.Max(0, range.Length));
    }

    /// <summary>The expression as written, where that is short: the name of a temporary.</summary>
    private string TextOf(Node node) => _unit.TextOf(_unit.RangeOf(node.Cursor), 48);

    private Operand NewTemporary(CType type, string name, Span span, out int id)
    {
        id = _cfg.NewLocal(name, type, LocalKind.Temporary, false, span);
        return Operand.Local(id, type);
    }

    private Operand Compute(Rvalue value, CType type, Span span, string name = "")
    {
        var result = NewTemporary(type, name, span, out var id);
        _cfg.Emit(new Assign(id, value, span));
        return result;
    }

    private Operand UnknownOf(CType type, string reason, Span span)
    {
        if (type is VoidType) return Operand.Const(0, type);
        var result = NewTemporary(type, "", span, out var id);
        _cfg.Emit(new Havoc(id, reason, span));
        return result;
    }

    private Operand AddressOfLocal(int id, CType type, Span span) =>
        Compute(new AddressOfLocal(id, new PointerType(type)), new PointerType(type), span, _cfg.Local(id).Name.Length == 0 ? "" : "&" + _cfg.Local(id).Name);

    private static Operand SizeOperand(long size) => Operand.Const(size, new IntType(64, false));

    private static CType Decayed(CType type) => type switch
    {
        ArrayType a => new PointerType(a.Element),
        FunctionType => new PointerType(type),
        _ => type,
    };

    private readonly ref struct Depth
    {
        private readonly FunctionLowering _owner;

        public Depth(FunctionLowering owner)
        {
            _owner = owner;
            if (++owner._depth > MaxDepth) throw new NotLoweredException($"statements or expressions are nested more than {MaxDepth} deep");
        }

        public void Dispose() => _owner._depth--;
    }
}
