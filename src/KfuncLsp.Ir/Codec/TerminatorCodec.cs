namespace KfuncLsp.Ir.Codec;

/// <summary>Ends of blocks. Each <c>Read</c> mirrors its <c>Write</c>, field by field.</summary>
internal static class TerminatorCodec
{
    private enum Tag : byte { Jump, Branch, Switch, Return, AsmGoto, Unreachable }

    public static void Write(IrWriter w, Terminator end)
    {
        switch (end)
        {
            case Jump jump:
                w.Byte((byte)Tag.Jump);
                w.Int(jump.Target);
                break;
            case Branch branch:
                w.Byte((byte)Tag.Branch);
                w.Byte((byte)branch.Op);
                FunctionCodec.WriteOperand(w, branch.Left);
                FunctionCodec.WriteOperand(w, branch.Right);
                w.Type(branch.Type);
                w.Int(branch.Then);
                w.Int(branch.Else);
                break;
            case Switch choice:
                w.Byte((byte)Tag.Switch);
                FunctionCodec.WriteOperand(w, choice.Value);
                w.List(choice.Cases, static (w, range) =>
                {
                    w.Long(range.Low);
                    w.Long(range.High);
                    w.Int(range.Target);
                });
                w.Int(choice.Default);
                break;
            case Return leave:
                w.Byte((byte)Tag.Return);
                w.Bool(leave.Value.HasValue);
                if (leave.Value is { } value) FunctionCodec.WriteOperand(w, value);
                break;
            case AsmGoto asm:
                w.Byte((byte)Tag.AsmGoto);
                w.Text(asm.Template);
                w.List(asm.Inputs, FunctionCodec.WriteOperand);
                w.List(asm.Targets, static (w, target) => w.Int(target));
                break;
            case Unreachable unreachable:
                w.Byte((byte)Tag.Unreachable);
                w.Text(unreachable.Reason);
                break;
            default:
                throw new InvalidOperationException($"The codec does not know {end.GetType().Name}.");
        }

        FunctionCodec.WriteSpan(w, end.Span);
    }

    public static Terminator Read(IrReader r)
    {
        Terminator end = (Tag)r.Enum((byte)Tag.Unreachable) switch
        {
            Tag.Jump => new Jump(r.Int(), default),
            Tag.Branch => new Branch(
                (BinaryOp)r.Enum((byte)BinaryOp.Ge), FunctionCodec.ReadOperand(r), FunctionCodec.ReadOperand(r), r.Type(), r.Int(), r.Int(), default),
            Tag.Switch => new Switch(
                FunctionCodec.ReadOperand(r), r.List(static r => new SwitchCase(r.Long(), r.Long(), r.Int())), r.Int(), default),
            Tag.Return => new Return(r.Bool() ? FunctionCodec.ReadOperand(r) : null, default),
            Tag.AsmGoto => new AsmGoto(r.Text(), r.List(FunctionCodec.ReadOperand), r.List(static r => r.Int()), default),
            _ => new Unreachable(r.Text(), default),
        };
        return end with { Span = FunctionCodec.ReadSpan(r) };
    }
}
