namespace KfuncLsp.Ir.Codec;

/// <summary>Right sides of assignments. Each <c>Read</c> mirrors its <c>Write</c>, field by field.</summary>
internal static class RvalueCodec
{
    private enum Tag : byte
    {
        Use, Unary, Binary, Cast, PointerAdd, FieldAddr, AddressOfLocal, AddressOfGlobal, AddressOfFunction, AddressOfString, CoreQuery, Unknown,
    }

    public static void Write(IrWriter w, Rvalue value)
    {
        switch (value)
        {
            case Use use:
                w.Byte((byte)Tag.Use);
                FunctionCodec.WriteOperand(w, use.Value);
                break;
            case Unary unary:
                w.Byte((byte)Tag.Unary);
                w.Byte((byte)unary.Op);
                FunctionCodec.WriteOperand(w, unary.Value);
                w.Type(unary.Type);
                break;
            case Binary binary:
                w.Byte((byte)Tag.Binary);
                w.Byte((byte)binary.Op);
                FunctionCodec.WriteOperand(w, binary.Left);
                FunctionCodec.WriteOperand(w, binary.Right);
                w.Type(binary.Type);
                break;
            case Cast cast:
                w.Byte((byte)Tag.Cast);
                FunctionCodec.WriteOperand(w, cast.Value);
                w.Type(cast.To);
                break;
            case PointerAdd add:
                w.Byte((byte)Tag.PointerAdd);
                FunctionCodec.WriteOperand(w, add.Pointer);
                FunctionCodec.WriteOperand(w, add.Index);
                w.Long(add.Scale);
                w.Type(add.Type);
                w.Long(add.Bound);
                break;
            case FieldAddr field:
                w.Byte((byte)Tag.FieldAddr);
                FunctionCodec.WriteOperand(w, field.Pointer);
                w.Type(field.Struct);
                w.Text(field.Field);
                w.Long(field.ByteOffset);
                w.Type(field.FieldType);
                break;
            case AddressOfLocal local:
                w.Byte((byte)Tag.AddressOfLocal);
                w.Int(local.LocalId);
                w.Type(local.Type);
                break;
            case AddressOfGlobal global:
                w.Byte((byte)Tag.AddressOfGlobal);
                w.Text(global.Name);
                w.Type(global.Type);
                break;
            case AddressOfFunction function:
                w.Byte((byte)Tag.AddressOfFunction);
                w.Text(function.Name);
                w.Type(function.Type);
                break;
            case AddressOfString literal:
                w.Byte((byte)Tag.AddressOfString);
                w.Bytes(literal.Bytes.AsSpan());
                break;
            case CoreQuery query:
                w.Byte((byte)Tag.CoreQuery);
                w.Byte((byte)query.Kind);
                w.Text(query.TypeName);
                w.Text(query.Member);
                w.OptionalLong(query.LocalAnswer);
                w.Type(query.Type);
                break;
            case UnknownValue unknown:
                w.Byte((byte)Tag.Unknown);
                w.Type(unknown.Type);
                w.Text(unknown.Reason);
                break;
            default:
                throw new InvalidOperationException($"The codec does not know {value.GetType().Name}.");
        }
    }

    public static Rvalue Read(IrReader r) => (Tag)r.Enum((byte)Tag.Unknown) switch
    {
        Tag.Use => new Use(FunctionCodec.ReadOperand(r)),
        Tag.Unary => new Unary((UnaryOp)r.Enum((byte)UnaryOp.FirstSet), FunctionCodec.ReadOperand(r), r.Type()),
        Tag.Binary => new Binary((BinaryOp)r.Enum((byte)BinaryOp.Ge), FunctionCodec.ReadOperand(r), FunctionCodec.ReadOperand(r), r.Type()),
        Tag.Cast => new Cast(FunctionCodec.ReadOperand(r), r.Type()),
        Tag.PointerAdd => new PointerAdd(FunctionCodec.ReadOperand(r), FunctionCodec.ReadOperand(r), r.Long(), r.Type(), r.Long()),
        Tag.FieldAddr => new FieldAddr(FunctionCodec.ReadOperand(r), r.Type<StructType>(), r.Text(), r.Long(), r.Type()),
        Tag.AddressOfLocal => new AddressOfLocal(r.Int(), r.Type()),
        Tag.AddressOfGlobal => new AddressOfGlobal(r.Text(), r.Type()),
        Tag.AddressOfFunction => new AddressOfFunction(r.Text(), r.Type()),
        Tag.AddressOfString => new AddressOfString(r.Bytes()),
        Tag.CoreQuery => new CoreQuery((CoreQueryKind)r.Enum((byte)CoreQueryKind.EnumValue), r.Text(), r.Text(), r.OptionalLong(), r.Type()),
        _ => new UnknownValue(r.Type(), r.Text()),
    };
}
