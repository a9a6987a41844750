namespace KfuncLsp.Ir.Codec;

/// <summary>Functions and their blocks. Each <c>Read</c> mirrors its <c>Write</c>, field by field.</summary>
internal static class FunctionCodec
{
    public static void Write(IrWriter w, FunctionIr function)
    {
        w.Text(function.Name);
        WriteAnchor(w, function.Anchor);
        w.Type(function.ReturnType);
        w.List(function.Parameters, static (w, parameter) =>
        {
            w.Text(parameter.Name);
            w.Type(parameter.Type);
            w.Int(parameter.LocalId);
            w.Texts(parameter.DeclTags);
        });
        w.List(function.Locals, static (w, local) =>
        {
            w.Int(local.Id);
            w.Text(local.Name);
            w.Type(local.Type);
            w.Byte((byte)local.Kind);
            w.Bool(local.InMemory);
            WriteSpan(w, local.Declaration);
            w.Bool(local.IsAligned);
        });
        w.List(function.Blocks, static (w, block) =>
        {
            w.Int(block.Id);
            w.List(block.Instructions, InstrCodec.Write);
            TerminatorCodec.Write(w, block.End);
        });
        w.Bool(function.IsStatic);
        w.Bool(function.IsWeak);
        w.Bool(function.IsAlwaysInline);
        w.Bool(function.IsNoInline);
        w.Bool(function.IsNaked);
        w.OptionalText(function.Section);
        w.Texts(function.DeclTags);
        w.OptionalText(function.NotLowered);
    }

    public static FunctionIr Read(IrReader r) => new()
    {
        Name = r.Text(),
        Anchor = ReadAnchor(r),
        ReturnType = r.Type(),
        Parameters = r.List(static r => new Parameter(r.Text(), r.Type(), r.Int()) { DeclTags = r.Texts() }),
        Locals = r.List(static r =>
            new LocalVar(r.Int(), r.Text(), r.Type(), (LocalKind)r.Enum((byte)LocalKind.Register), r.Bool(), ReadSpan(r)) { IsAligned = r.Bool() }),
        Blocks = r.List(static r => new BasicBlock(r.Int(), r.List(InstrCodec.Read), TerminatorCodec.Read(r))),
        IsStatic = r.Bool(),
        IsWeak = r.Bool(),
        IsAlwaysInline = r.Bool(),
        IsNoInline = r.Bool(),
        IsNaked = r.Bool(),
        Section = r.OptionalText(),
        DeclTags = r.Texts(),
        NotLowered = r.OptionalText(),
    };

    public static void WriteAnchor(IrWriter w, FunctionAnchor anchor)
    {
        w.Text(anchor.File);
        w.Int(anchor.Start);
        w.Int(anchor.Length);
        DataCodec.WriteFileSpan(w, anchor.Name);
    }

    public static FunctionAnchor ReadAnchor(IrReader r) => new(r.Text(), r.Int(), r.Int(), DataCodec.ReadFileSpan(r));

    public static void WriteSpan(IrWriter w, Span span)
    {
        w.Int(span.Start);
        w.Int(span.Length);
    }

    public static Span ReadSpan(IrReader r) => new(r.Int(), r.Int());

    public static void WriteOperand(IrWriter w, Operand operand)
    {
        w.Byte((byte)operand.Kind);
        w.Long(operand.Value);
        w.Type(operand.Type);
    }

    public static Operand ReadOperand(IrReader r) => new((OperandKind)r.Enum((byte)OperandKind.Unknown), r.Long(), r.Type());
}
