using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;
using static KfuncLsp.Frontend.Interop.CXCursorKind;

namespace KfuncLsp.Frontend.Lowering;

internal sealed partial class FunctionLowering
{
    /// <summary>A block scope and the cleanup handlers of the variables declared in it so far.</summary>
    private sealed record Scope(Scope? Parent, Node Owner)
    {
        public List<(Variable Variable, string Handler, Span Span)> Cleanups { get; } = [];
    }

    private readonly record struct JumpTarget(int Break, int? Continue, Scope? Scope);

    private readonly Dictionary<Node, int> _labelBlocks = [];
    private readonly Stack<JumpTarget> _jumpTargets = [];
    private readonly Stack<List<SwitchCase>> _switches = [];
    private readonly Stack<int> _defaults = [];
    private Scope? _scope;

    private void Statement(Node node)
    {
        using var depth = new Depth(this);
        switch (node.Kind)
        {
            case CXCursor_CompoundStmt: InScope(node, () => { foreach (var part in node.Parts) Statement(part); }); break;
            case CXCursor_DeclStmt: foreach (var part in node.Parts) Declaration(part); break;
            case CXCursor_NullStmt or CXCursor_StaticAssert: break;
            case CXCursor_IfStmt: If(node); break;
            case CXCursor_ForStmt: For(node); break;
            case CXCursor_WhileStmt: While(node); break;
            case CXCursor_DoStmt: Do(node); break;
            case CXCursor_SwitchStmt: Switch(node); break;
            case CXCursor_CaseStmt or CXCursor_DefaultStmt: Case(node); break;
            case CXCursor_LabelStmt:
                _cfg.Enter(LabelBlock(node), SpanOf(node));
                foreach (var part in node.Parts) Statement(part);
                break;
            case CXCursor_GotoStmt: Goto(node); break;
            case CXCursor_IndirectGotoStmt: throw new NotLoweredException("computed goto");
            case CXCursor_BreakStmt: Break(node); break;
            case CXCursor_ContinueStmt: Continue(node); break;
            case CXCursor_ReturnStmt: Return(node); break;
            case CXCursor_GCCAsmStmt: InlineAssembly(node); break;
            case CXCursor_UnexposedStmt when node.Parts.Length == 1: Statement(node.Parts[0]); break; // [[fallthrough]], #pragma unroll
            case CXCursor_UnexposedStmt when node.Parts.Length == 0: break;
            default:
                if (!node.IsExpression) throw new NotLoweredException($"a statement of a kind that is not understood ({node.Kind})");
                Discard(node);
                break;
        }
    }

    private void InScope(Node owner, Action lower)
    {
        var outer = _scope;
        _scope = new Scope(outer, owner);
        lower();
        EmitCleanups(outer, SpanOfEnd(owner));
        _scope = outer;
    }

    private Span SpanOfEnd(Node node)
    {
        var span = SpanOf(node);
        return span.Length == 0 ? span : new Span(span.End - 1, 1);
    }

    /// <summary>Runs the handlers of the scopes from the present one up to, and without, <paramref name="until"/>.</summary>
    private void EmitCleanups(Scope? until, Span span)
    {
        for (var scope = _scope; scope is not null && scope != until; scope = scope.Parent)
            for (var i = scope.Cleanups.Count - 1; i >= 0; i--)
                EmitCleanup(scope.Cleanups[i], span);
    }

    private void EmitCleanup((Variable Variable, string Handler, Span Span) cleanup, Span span)
    {
        var address = AddressOfLocal(cleanup.Variable.LocalId, cleanup.Variable.Type, span);
        // A name that a header's macro pastes together stands nowhere in its text; what the handler gives back must not be thought kept.
        if (_unit.FunctionNamed(cleanup.Handler) is null) throw new NotLoweredException($"a cleanup handler `{cleanup.Handler}` that cannot be found");
        var (callee, prototype) = _unit.ReferenceFunctionByName(cleanup.Handler);
        prototype ??= new FunctionType(CType.Void, [new ParameterType("", address.Type)]);
        _cfg.Emit(new Call(null, callee, [Retype(address, prototype.Parameters.Count > 0 ? prototype.Parameters[0].Type : address.Type)],
            prototype, cleanup.Span, [cleanup.Span], span) { IsCleanup = true });
    }

    private void If(Node node)
    {
        var parts = node.Parts;
        var (then, after) = (_cfg.NewBlock(), _cfg.NewBlock());
        var otherwise = parts.Length > 2 ? _cfg.NewBlock() : after;
        Condition(parts[0], then, otherwise);
        _cfg.SwitchTo(then);
        Statement(parts[1]);
        _cfg.Enter(after, SpanOfEnd(parts[1]));
        if (parts.Length <= 2) return;
        _cfg.SwitchTo(otherwise);
        Statement(parts[2]);
        _cfg.Enter(after, SpanOfEnd(parts[2]));
    }

    private void For(Node node)
    {
        var header = _shape.ForHeader(node);
        var next = 0;
        var init = header.Init ? node.Parts[next++] : null;
        var condition = header.Condition ? node.Parts[next++] : null;
        var increment = header.Increment ? node.Parts[next++] : null;
        var body = node.Parts[next];
        InScope(node, () =>
        {
            if (init is not null) Statement(init);
            var (test, inside, step, after) = (_cfg.NewBlock(), _cfg.NewBlock(), _cfg.NewBlock(), _cfg.NewBlock());
            var span = SpanOf(node);
            _cfg.Enter(test, span);
            if (condition is not null) Condition(condition, inside, after);
            else _cfg.End(new Jump(inside, span));
            _cfg.SwitchTo(inside);
            Loop(body, after, step);
            _cfg.Enter(step, span);
            if (increment is not null) Discard(increment);
            _cfg.End(new Jump(test, span));
            _cfg.SwitchTo(after);
        });
    }

    private void While(Node node)
    {
        var (test, inside, after) = (_cfg.NewBlock(), _cfg.NewBlock(), _cfg.NewBlock());
        var span = SpanOf(node);
        _cfg.Enter(test, span);
        Condition(node.Parts[0], inside, after);
        _cfg.SwitchTo(inside);
        Loop(node.Parts[1], after, test);
        _cfg.End(new Jump(test, span));
        _cfg.SwitchTo(after);
    }

    private void Do(Node node)
    {
        var (inside, test, after) = (_cfg.NewBlock(), _cfg.NewBlock(), _cfg.NewBlock());
        var span = SpanOf(node);
        _cfg.Enter(inside, span);
        Loop(node.Parts[0], after, test);
        _cfg.Enter(test, span);
        Condition(node.Parts[1], inside, after);
        _cfg.SwitchTo(after);
    }

    private void Loop(Node body, int breakTo, int continueTo)
    {
        _jumpTargets.Push(new JumpTarget(breakTo, continueTo, _scope));
        Statement(body);
        _jumpTargets.Pop();
    }

    private void Switch(Node node)
    {
        var value = Rvalue(node.Parts[0]);
        var (after, inside) = (_cfg.NewBlock(), _cfg.NewBlock());
        var head = _cfg.Current;
        // continue leaves the switch for the loop around it, and runs that loop's cleanups.
        _jumpTargets.Push(new JumpTarget(after, null, _scope));
        _switches.Push([]);
        _defaults.Push(after);
        _cfg.SwitchTo(inside);
        Statement(node.Parts[1]);
        _cfg.Enter(after, SpanOfEnd(node));
        _cfg.EndAt(head, new Switch(value, [.. _switches.Pop()], _defaults.Pop(), SpanOf(node.Parts[0])));
        _jumpTargets.Pop();
    }

    /// <summary>A case label, and those nested in it: <c>case 1: case 2: s;</c> is one chain.</summary>
    private void Case(Node node)
    {
        if (_switches.Count == 0) throw new NotLoweredException("a case label outside of a switch");
        var block = _cfg.NewBlock();
        _cfg.Enter(block, SpanOf(node));
        while (node.Kind is CXCursor_CaseStmt or CXCursor_DefaultStmt)
        {
            var parts = node.Parts;
            if (node.Kind == CXCursor_DefaultStmt)
            {
                _defaults.Pop();
                _defaults.Push(block);
            }
            else
            {
                var low = Constant(parts[0]);
                var high = parts.Length > 2 ? Constant(parts[1]) : low;
                _switches.Peek().Add(new SwitchCase(low, high, block));
            }
            if (parts.Length == 0) return;
            node = parts[^1];
        }
        Statement(node);
    }

    private long Constant(Node node) =>
        node.Cursor.Evaluate() ?? throw new NotLoweredException("a case label that is not a constant");

    private int LabelBlock(Node label)
    {
        if (!_labelBlocks.TryGetValue(label, out var block)) _labelBlocks[label] = block = _cfg.NewBlock();
        return block;
    }

    private Node LabelOf(Node node)
    {
        var reference = Array.Find(node.Children, static c => c.Kind == CXCursor_LabelRef)
            ?? throw new NotLoweredException("a goto whose label cannot be found");
        return _shape.Label(clang.getCursorReferenced(reference.Cursor))
            ?? throw new NotLoweredException("a goto whose label cannot be found");
    }

    private void Goto(Node node)
    {
        var label = LabelOf(node);
        var keep = _scope;
        while (keep is not null && !IsInside(label, keep.Owner)) keep = keep.Parent;
        EmitCleanups(keep, SpanOf(node));
        _cfg.End(new Jump(LabelBlock(label), SpanOf(node)));
    }

    private static bool IsInside(Node node, Node owner)
    {
        for (Node? n = node; n is not null; n = n.Parent)
            if (n == owner) return true;
        return false;
    }

    private void Break(Node node)
    {
        if (_jumpTargets.Count == 0) throw new NotLoweredException("a break outside of a loop");
        var target = _jumpTargets.Peek();
        EmitCleanups(target.Scope, SpanOf(node));
        _cfg.End(new Jump(target.Break, SpanOf(node)));
    }

    private void Continue(Node node)
    {
        foreach (var target in _jumpTargets)
        {
            if (target.Continue is not { } block) continue;
            EmitCleanups(target.Scope, SpanOf(node));
            _cfg.End(new Jump(block, SpanOf(node)));
            return;
        }
        throw new NotLoweredException("a continue outside of a loop");
    }

    private void Return(Node node)
    {
        Operand? value = null;
        if (node.Parts.Length > 0)
        {
            var part = node.Parts[0];
            if (TypeLowering.IsVoid(part.Type)) Discard(part);
            else value = Rvalue(part);
        }
        EmitCleanups(null, SpanOf(node));
        _cfg.End(new Return(value, SpanOf(node)));
    }

    private void Declaration(Node node)
    {
        if (node.Kind != CXCursor_VarDecl) return;
        var storage = clang.Cursor_getStorageClass(node.Cursor);
        if (storage is CX_StorageClass.Static or CX_StorageClass.Extern)
        {
            if (storage == CX_StorageClass.Static) _unit.AddStaticLocal(node.Cursor, _definition.Spelling());
            return;
        }
        var type = node.Type;
        if (TypeLowering.Canonical(type).Kind == CXTypeKind.CXType_VariableArray) throw new NotLoweredException("an array of variable length");
        var attributes = _unit.AttributesOf(node.Cursor);
        var cType = Types.Lower(type);
        var inMemory = cType is StructType or ArrayType || _shape.IsAddressTaken(node.Cursor)
            || clang.isVolatileQualifiedType(TypeLowering.Canonical(type)) != 0 || attributes.Cleanup is not null;
        if (inMemory) _unit.Structs.Complete(type);
        var span = SpanOf(node);
        var id = _cfg.NewLocal(node.Cursor.Spelling(), cType, LocalKind.Variable, inMemory, span, attributes.IsAligned);
        var variable = new Variable(id, inMemory, type, cType);
        _variables[node.Cursor.Declaration] = variable;

        var initializer = clang.Cursor_getVarDeclInitializer(node.Cursor);
        if (!initializer.IsNull) InitializeVariable(variable, InitializerNode(node, initializer), span);
        if (attributes.Cleanup is { } handler && _scope is not null) _scope.Cleanups.Add((variable, handler, span));
    }

    /// <summary>The child that is the initialiser, so that what <see cref="FunctionShape"/> knows of its nodes holds.</summary>
    private static Node InitializerNode(Node variable, CXCursor initializer)
    {
        var parts = variable.Parts;
        for (var i = parts.Length - 1; i >= 0; i--)
            if (parts[i].Cursor.Statement == initializer.Statement) return parts[i];
        return new Node(initializer, variable);
    }
}
