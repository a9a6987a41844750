namespace KfuncLsp.Ir.Codec;

/// <summary>Instructions and callees. Each <c>Read</c> mirrors its <c>Write</c>, field by field.</summary>
internal static class InstrCodec
{
    private enum Tag : byte { Assign, Load, Store, CopyMemory, SetMemory, AtomicUpdate, Call, InlineAsm, Havoc }

    private enum CalleeTag : byte { Direct, Helper, Builtin, Indirect }

    public static void Write(IrWriter w, Instr instr)
    {
        switch (instr)
        {
            case Assign assign:
                w.Byte((byte)Tag.Assign);
                w.Int(assign.Target);
                RvalueCodec.Write(w, assign.Value);
                break;
            case Load load:
                w.Byte((byte)Tag.Load);
                w.Int(load.Target);
                FunctionCodec.WriteOperand(w, load.Pointer);
                w.Type(load.Type);
                WriteBits(w, load.Bits);
                break;
            case Store store:
                w.Byte((byte)Tag.Store);
                FunctionCodec.WriteOperand(w, store.Pointer);
                FunctionCodec.WriteOperand(w, store.Value);
                w.Type(store.Type);
                WriteBits(w, store.Bits);
                w.Bool(store.IsVolatile);
                break;
            case CopyMemory copy:
                w.Byte((byte)Tag.CopyMemory);
                FunctionCodec.WriteOperand(w, copy.Target);
                FunctionCodec.WriteOperand(w, copy.Source);
                FunctionCodec.WriteOperand(w, copy.Length);
                break;
            case SetMemory set:
                w.Byte((byte)Tag.SetMemory);
                FunctionCodec.WriteOperand(w, set.Target);
                FunctionCodec.WriteOperand(w, set.Value);
                FunctionCodec.WriteOperand(w, set.Length);
                break;
            case AtomicUpdate update:
                w.Byte((byte)Tag.AtomicUpdate);
                w.OptionalInt(update.Result);
                w.Text(update.Builtin);
                FunctionCodec.WriteOperand(w, update.Pointer);
                w.List(update.Operands, FunctionCodec.WriteOperand);
                w.Type(update.Type);
                break;
            case Call call:
                w.Byte((byte)Tag.Call);
                w.OptionalInt(call.Result);
                WriteCallee(w, call.Callee);
                w.List(call.Arguments, FunctionCodec.WriteOperand);
                w.Type(call.Prototype);
                FunctionCodec.WriteSpan(w, call.CalleeSpan);
                w.List(call.ArgumentSpans, FunctionCodec.WriteSpan);
                w.Bool(call.IsCleanup);
                break;
            case InlineAsm asm:
                w.Byte((byte)Tag.InlineAsm);
                w.Text(asm.Template);
                w.List(asm.Outputs, static (w, local) => w.Int(local));
                w.Texts(asm.OutputConstraints);
                w.List(asm.Inputs, FunctionCodec.WriteOperand);
                w.Texts(asm.InputConstraints);
                w.Bool(asm.ClobbersMemory);
                break;
            case Havoc havoc:
                w.Byte((byte)Tag.Havoc);
                w.Int(havoc.Target);
                w.Text(havoc.Reason);
                break;
            default:
                throw new InvalidOperationException($"The codec does not know {instr.GetType().Name}.");
        }

        FunctionCodec.WriteSpan(w, instr.Span);
    }

    public static Instr Read(IrReader r)
    {
        var tag = (Tag)r.Enum((byte)Tag.Havoc);
        Instr instr = tag switch
        {
            Tag.Assign => new Assign(r.Int(), RvalueCodec.Read(r), default),
            Tag.Load => new Load(r.Int(), FunctionCodec.ReadOperand(r), r.Type(), ReadBits(r), default),
            Tag.Store => new Store(FunctionCodec.ReadOperand(r), FunctionCodec.ReadOperand(r), r.Type(), ReadBits(r), default) { IsVolatile = r.Bool() },
            Tag.CopyMemory => new CopyMemory(FunctionCodec.ReadOperand(r), FunctionCodec.ReadOperand(r), FunctionCodec.ReadOperand(r), default),
            Tag.SetMemory => new SetMemory(FunctionCodec.ReadOperand(r), FunctionCodec.ReadOperand(r), FunctionCodec.ReadOperand(r), default),
            Tag.AtomicUpdate => new AtomicUpdate(
                r.OptionalInt(), r.Text(), FunctionCodec.ReadOperand(r), r.List(FunctionCodec.ReadOperand), r.Type(), default),
            Tag.Call => new Call(
                r.OptionalInt(), ReadCallee(r), r.List(FunctionCodec.ReadOperand), r.Type<FunctionType>(), FunctionCodec.ReadSpan(r),
                r.List(FunctionCodec.ReadSpan), default) { IsCleanup = r.Bool() },
            Tag.InlineAsm => new InlineAsm(
                r.Text(), r.List(static r => r.Int()), r.Texts(), r.List(FunctionCodec.ReadOperand), r.Texts(), r.Bool(), default),
            _ => new Havoc(r.Int(), r.Text(), default),
        };
        return instr with { Span = FunctionCodec.ReadSpan(r) };
    }

    private static void WriteBits(IrWriter w, BitRange bits)
    {
        w.Int(bits.Shift);
        w.Int(bits.Width);
    }

    private static BitRange ReadBits(IrReader r) => new(r.Int(), r.Int());

    private static void WriteCallee(IrWriter w, Callee callee)
    {
        switch (callee)
        {
            case DirectCallee direct:
                w.Byte((byte)CalleeTag.Direct);
                w.Text(direct.Name);
                break;
            case HelperCallee helper:
                w.Byte((byte)CalleeTag.Helper);
                w.Int(helper.Id);
                w.Text(helper.Name);
                break;
            case BuiltinCallee builtin:
                w.Byte((byte)CalleeTag.Builtin);
                w.Text(builtin.Name);
                break;
            case IndirectCallee indirect:
                w.Byte((byte)CalleeTag.Indirect);
                FunctionCodec.WriteOperand(w, indirect.Target);
                break;
            default:
                throw new InvalidOperationException($"The codec does not know {callee.GetType().Name}.");
        }
    }

    private static Callee ReadCallee(IrReader r) => (CalleeTag)r.Enum((byte)CalleeTag.Indirect) switch
    {
        CalleeTag.Direct => new DirectCallee(r.Text()),
        CalleeTag.Helper => new HelperCallee(r.Int(), r.Text()),
        CalleeTag.Builtin => new BuiltinCallee(r.Text()),
        _ => new IndirectCallee(FunctionCodec.ReadOperand(r)),
    };
}
