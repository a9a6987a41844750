using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace KfuncLsp.Ir.Codec;

/// <summary>Writes numbers, and strings and types as numbers of their tables.</summary>
/// <remarks>A type's parts stand before it in the table, so that reading needs no recursion.</remarks>
internal sealed class IrWriter
{
    private readonly ArrayBufferWriter<byte> _body = new(4096);
    private readonly ArrayBufferWriter<byte> _typeTable = new(1024);
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private readonly List<string> _stringTable = [];
    private readonly Dictionary<CType, int> _types = [];

    public void Byte(byte value) => Byte(_body, value);

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Count(int value) => Unsigned(_body, (ulong)value);

    public void Int(int value) => Long(value);

    public void Long(long value) => Unsigned(_body, Zigzag(value));

    public void OptionalInt(int? value)
    {
        Bool(value.HasValue);
        if (value is { } number) Int(number);
    }

    public void OptionalLong(long? value)
    {
        Bool(value.HasValue);
        if (value is { } number) Long(number);
    }

    public void Text(string value) => Unsigned(_body, (ulong)StringId(value));

    public void OptionalText(string? value) => Unsigned(_body, value is null ? 0 : (ulong)StringId(value) + 1);

    public void Type(CType value) => Unsigned(_body, (ulong)TypeId(value));

    public void OptionalType(CType? value) => Unsigned(_body, value is null ? 0 : (ulong)TypeId(value) + 1);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        _body.Write(value);
    }

    public void List<T>(IReadOnlyCollection<T> items, Action<IrWriter, T> write)
    {
        Count(items.Count);
        foreach (var item in items) write(this, item);
    }

    public void Texts(EquatableArray<string> items) => List(items, static (w, s) => w.Text(s));

    /// <summary>The finished message: mark, version, tables, body, check sum.</summary>
    public byte[] Finish(ReadOnlySpan<byte> mark, int version)
    {
        var all = new ArrayBufferWriter<byte>(_body.WrittenCount + _typeTable.WrittenCount + 4096);
        all.Write(mark);
        Unsigned(all, (ulong)version);
        Unsigned(all, (ulong)_stringTable.Count);
        foreach (var text in _stringTable)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Unsigned(all, (ulong)bytes.Length);
            all.Write(bytes);
        }

        Unsigned(all, (ulong)_types.Count);
        all.Write(_typeTable.WrittenSpan);
        all.Write(_body.WrittenSpan);
        BinaryPrimitives.WriteUInt64LittleEndian(all.GetSpan(8), CheckSum.Of(all.WrittenSpan));
        all.Advance(8);
        return all.WrittenSpan.ToArray();
    }

    private int StringId(string value)
    {
        if (_strings.TryGetValue(value, out var id)) return id;
        _stringTable.Add(value);
        return _strings[value] = _stringTable.Count - 1;
    }

    private int TypeId(CType type)
    {
        if (_types.TryGetValue(type, out var id)) return id;

        var parts = new ArrayBufferWriter<byte>(32);
        switch (type)
        {
            case UnknownType:
                Byte(parts, TypeTag.Unknown);
                break;
            case VoidType:
                Byte(parts, TypeTag.Void);
                break;
            case IntType integer:
                Byte(parts, TypeTag.Int);
                Unsigned(parts, Zigzag(integer.Bits));
                Byte(parts, (byte)((integer.IsSigned ? 1 : 0) | (integer.IsBool ? 2 : 0)));
                Unsigned(parts, integer.EnumName is null ? 0 : (ulong)StringId(integer.EnumName) + 1);
                break;
            case FloatType real:
                Byte(parts, TypeTag.Float);
                Unsigned(parts, Zigzag(real.Bits));
                break;
            case PointerType pointer:
                var pointee = TypeId(pointer.Pointee);
                Byte(parts, TypeTag.Pointer);
                Unsigned(parts, (ulong)pointee);
                Byte(parts, pointer.PointeeIsConst ? (byte)1 : (byte)0);
                Unsigned(parts, (ulong)pointer.Tags.Count);
                foreach (var tag in pointer.Tags) Unsigned(parts, (ulong)StringId(tag));
                break;
            case StructType record:
                Byte(parts, TypeTag.Struct);
                Unsigned(parts, (ulong)StringId(record.Name));
                Byte(parts, record.IsUnion ? (byte)1 : (byte)0);
                Unsigned(parts, Zigzag(record.ByteSize));
                break;
            case ArrayType array:
                var element = TypeId(array.Element);
                Byte(parts, TypeTag.Array);
                Unsigned(parts, (ulong)element);
                Unsigned(parts, Zigzag(array.Count));
                break;
            case FunctionType function:
                var result = TypeId(function.Return);
                var parameters = function.Parameters.Select(p => (Name: StringId(p.Name), Type: TypeId(p.Type))).ToArray();
                Byte(parts, TypeTag.Function);
                Unsigned(parts, (ulong)result);
                Byte(parts, function.IsVariadic ? (byte)1 : (byte)0);
                Unsigned(parts, (ulong)parameters.Length);
                foreach (var parameter in parameters)
                {
                    Unsigned(parts, (ulong)parameter.Name);
                    Unsigned(parts, (ulong)parameter.Type);
                }

                break;
            default:
                throw new InvalidOperationException($"The codec does not know {type.GetType().Name}.");
        }

        _typeTable.Write(parts.WrittenSpan);
        return _types[type] = _types.Count;
    }

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static void Byte(ArrayBufferWriter<byte> target, byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }

    private static void Unsigned(ArrayBufferWriter<byte> target, ulong value)
    {
        var span = target.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        target.Advance(length);
    }
}
