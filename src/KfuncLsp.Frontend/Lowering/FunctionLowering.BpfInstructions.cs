using KfuncLsp.Frontend.Lowering.Assembly;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>Instructions of BPF assembly, one by one.</summary>
internal sealed partial class FunctionLowering
{
    private static readonly IntType s_signed = new(64, true), s_word = new(32, false), s_signedWord = new(32, true);

    private void EmitInstructions(Node node, AsmText code, Dictionary<AsmCall, (Callee Callee, FunctionType Prototype, int Arguments)> callees, Span span)
    {
        var blocks = new Dictionary<int, int>();
        for (var i = 0; i < code.Instructions.Count; i++)
            if (AsmUses.TargetOf(code.Instructions[i]) is { IsCLabel: false } target && !blocks.ContainsKey(code.Find(target, i)!.Value))
                blocks[code.Find(target, i)!.Value] = _cfg.NewBlock();

        for (var i = 0; i <= code.Instructions.Count; i++)
        {
            if (blocks.TryGetValue(i, out var block)) _cfg.Enter(block, span);
            if (i == code.Instructions.Count) break;
            switch (code.Instructions[i])
            {
                case AsmJump g: _cfg.End(new Jump(BlockOf(g.Target, i), span)); break;
                case AsmIf c: EmitIf(c, BlockOf(c.Target, i), span); break;
                case AsmMayGoto m:
                    var next = _cfg.NewBlock();
                    _cfg.End(new AsmGoto("may_goto", [], [next, BlockOf(m.Target, i)], span));
                    _cfg.SwitchTo(next);
                    break;
                case AsmExit: _cfg.End(new Return(Operand.Local(RegisterLocal(0, span), s_register), span)); break;
                case AsmCall c: EmitAsmCall(callees[c], span); break;
                case var plain: Emit(plain, span); break;
            }
        }

        int BlockOf(AsmTarget target, int from) => target.IsCLabel ? LabelBlock(_shape.LabelNear(node, target.Label)!) : blocks[code.Find(target, from)!.Value];
    }

    private void Emit(AsmInstr instruction, Span span)
    {
        switch (instruction)
        {
            case AsmMove m: Set(m.Target, m.SignedBits > 0 ? Narrowed(ValueOf(m.Value, span), new IntType(m.SignedBits, true), span) : ValueOf(m.Value, span), span); break;
            case AsmArithmetic a:
                var type = TypeOf(a.Target, a.IsSigned);
                if (type.Bits == 64) _cfg.Emit(new Assign(TargetOf(a.Target, span), new Binary(a.Op, ValueOf(a.Target, span), ValueOf(a.Value, span), type), span));
                else Set(a.Target, Compute(new Binary(a.Op, ValueOf(a.Target, span), ValueOf(a.Value, span), type), type, span), span);
                break;
            case AsmNegate n:
                var signed = TypeOf(n.Target, isSigned: true);
                Set(n.Target, Compute(new Unary(UnaryOp.Neg, ValueOf(n.Target, span), signed), signed, span), span);
                break;
            case AsmOpaque o: _cfg.Emit(new Havoc(TargetOf(o.Target, span), o.What, span)); break;
            case AsmLoad l: EmitLoad(l, span); break;
            case AsmStore s: _cfg.Emit(new Store(AddressOf(s.Place, span), Narrowed(ValueOf(s.Value, span), s.Type, span), s.Type, BitRange.Whole, span)); break;
            case AsmAtomic a: EmitAtomic(a, span); break;
            case AsmPacketLoad p: EmitPacketLoad(p, span); break;
        }
    }

    private void EmitIf(AsmIf c, int target, Span span)
    {
        var next = _cfg.NewBlock();
        var type = TypeOf(c.Left, c.IsSigned);
        var (left, right) = (Whole(c.Left, span), Whole(c.Right, span));
        if (c.IsTest) (left, right) = (Compute(new Binary(BinaryOp.And, left, right, type), type, span), Operand.Const(0, type));
        _cfg.End(new Branch(c.Op, left, right, type, target, next, span));
        _cfg.SwitchTo(next);
    }

    /// <summary>A call: its arguments stand in <c>r1</c> to <c>r5</c>, which have no value after it, its result in <c>r0</c>.</summary>
    private void EmitAsmCall((Callee Callee, FunctionType Prototype, int Arguments) to, Span span)
    {
        var arguments = new Operand[to.Arguments];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Operand.Local(RegisterLocal(i + 1, span), s_register);
        var spans = new Span[arguments.Length];
        Array.Fill(spans, span);
        _cfg.Emit(new Call(RegisterLocal(0, span), to.Callee, [.. arguments], to.Prototype, span, [.. spans], span));
        ForgetArguments(span);
    }

    private void EmitPacketLoad(AsmPacketLoad load, Span span)
    {
        var context = Operand.Local(RegisterLocal(6, span), s_register);
        Operand[] arguments = load.Index is { } index ? [context, Whole(index, span)] : [context];
        _cfg.Emit(new Call(RegisterLocal(0, span), new BuiltinCallee(BuiltinCallee.PacketLoad), [.. arguments], new FunctionType(s_register, []), span, [.. arguments.Select(_ => span)], span));
        ForgetArguments(span);
    }

    private void ForgetArguments(Span span)
    {
        for (var i = 1; i <= MostArguments; i++) _cfg.Emit(new Havoc(RegisterLocal(i, span), "a call leaves no value in this register", span));
    }

    private void EmitLoad(AsmLoad l, Span span)
    {
        var address = AddressOf(l.Place, span);
        var isWhole = l.Type.Bits == 64;
        var target = isWhole ? TargetOf(l.Target, span) : _cfg.NewLocal("", l.Type, LocalKind.Register, false, span);
        _cfg.Emit(new Load(target, address, l.Type, BitRange.Whole, span));
        if (!isWhole) _cfg.Emit(new Assign(TargetOf(l.Target, span), new Cast(Operand.Local(target, l.Type), s_register), span));
    }

    private void EmitAtomic(AsmAtomic a, Span span)
    {
        Operand[] values = [.. a.Values.Select(v => Narrowed(ValueOf(v, span), a.Type, span))];
        int? result = a.Result is null ? null : _cfg.NewLocal("", a.Type, LocalKind.Register, false, span);
        _cfg.Emit(new AtomicUpdate(result, a.Builtin, AddressOf(a.Place, span), [.. values], a.Type, span));
        if (a.Result is { } target && result is { } got) Set(target, Operand.Local(got, a.Type), span);
    }

    private static IntType TypeOf(AsmValue target, bool isSigned) =>
        IsWord(target) ? isSigned ? s_signedWord : s_word : isSigned ? s_signed : s_register;

    private static bool IsWord(AsmValue value) => value is AsmRegister { IsWord: true } or AsmOperand { IsWord: true };

    /// <summary>A register or number as a comparison takes it; the comparison's type tells how much of it.</summary>
    private Operand Whole(AsmValue value, Span span) => value switch
    {
        AsmRegister r => Operand.Local(RegisterLocal(r.Number, span), s_register),
        AsmOperand o => _operands[o.Name].Value!.Value is { Kind: OperandKind.Local, Type: not PointerType } local ? Retype(local, s_register) : _operands[o.Name].Value!.Value,
        AsmNumber n => Operand.Const(n.Value, s_register),
        AsmSymbol s => AddressOfFunction(_unit.FunctionNamed(s.Name)!.Value, span),
        _ => Operand.Unknown(s_register),
    };

    /// <summary>The value of a register, or of its lower half.</summary>
    private Operand ValueOf(AsmValue value, Span span)
    {
        var operand = Whole(value, span);
        return IsWord(value) ? Narrowed(operand, s_word, span) : operand;
    }

    private Operand Narrowed(Operand value, IntType type, Span span)
    {
        if (type.Bits == 64) return value;
        return value.Kind == OperandKind.Const ? Operand.Const(Arithmetic.Wrap(value.Value, type), type) : Compute(new Cast(value, type), type, span);
    }

    private int TargetOf(AsmValue target, Span span) => target switch
    {
        AsmRegister r => RegisterLocal(r.Number, span),
        AsmOperand o when _operands[o.Name].Value is { Kind: OperandKind.Local } local => local.LocalId,
        _ => NewRegister("", span),
    };

    /// <summary>Writes a register; a half of one is extended with zeros.</summary>
    private void Set(AsmValue target, Operand value, Span span)
    {
        if (IsWord(target) && value.Type is not IntType { Bits: <= 32, IsSigned: false }) value = Narrowed(value, s_word, span);
        var isNarrow = value.Type is IntType { Bits: < 64 };
        var into = TargetOf(target, span);
        if (isNarrow && value.Kind == OperandKind.Const) value = Operand.Const(value.Value, s_register);
        _cfg.Emit(new Assign(into, isNarrow && value.Kind == OperandKind.Local ? new Cast(value, s_register) : new Use(value), span));
    }

    private Operand AddressOf(AsmPlace place, Span span)
    {
        var address = Whole(place.Base, span);
        if (place.Offset == 0) return address;
        var name = place.Base is AsmRegister r ? $"r{r.Number}" : address.Kind == OperandKind.Local ? _cfg.Local(address.LocalId).Name : "";
        return Compute(new Binary(BinaryOp.Add, address, Operand.Const(place.Offset, s_register), s_register), s_register, span, name);
    }
}
