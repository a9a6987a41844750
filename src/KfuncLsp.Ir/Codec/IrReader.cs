using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Ir.Codec;

/// <summary>Reads what <see cref="IrWriter"/> writes.</summary>
/// <remarks>
/// Errors: <see cref="MalformedIrException"/>, for every input that <see cref="IrWriter"/> cannot have written. A count is believed only as far as
/// bytes are left, so that a short message cannot ask for much memory.
/// </remarks>
internal sealed class IrReader
{
    private readonly byte[] _bytes;
    private readonly int _end;
    private readonly string[] _strings;
    private readonly CType[] _types;
    private int _at;

    /// <summary>Reads the tables; <paramref name="at"/> stands behind mark and version.</summary>
    public IrReader(byte[] bytes, int at, int end)
    {
        _bytes = bytes;
        _end = end;
        _at = at;
        _strings = new string[Count()];
        for (var i = 0; i < _strings.Length; i++) _strings[i] = Utf8(Count());
        _types = new CType[Count()];
        for (var i = 0; i < _types.Length; i++) _types[i] = ReadType(i);
    }

    public bool AtEnd => _at == _end;

    public byte Byte() => _at < _end ? _bytes[_at++] : throw new MalformedIrException("ends in the middle of a value");

    public bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new MalformedIrException($"{other} is no truth value"),
    };

    public int Int() => Long() is var value and >= int.MinValue and <= int.MaxValue ? (int)value : throw new MalformedIrException("a number is too large");

    public long Long()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int? OptionalInt() => Bool() ? Int() : null;

    public long? OptionalLong() => Bool() ? Long() : null;

    public string Text() => StringAt(Unsigned());

    public string? OptionalText() => Unsigned() is var id and > 0 ? StringAt(id - 1) : null;

    public CType Type() => TypeAt(Unsigned(), _types.Length);

    public CType? OptionalType() => Unsigned() is var id and > 0 ? TypeAt(id - 1, _types.Length) : null;

    public T Type<T>() where T : CType =>
        Type() as T ?? throw new MalformedIrException($"a type is not the {typeof(T).Name} that stands there");

    /// <summary>An enum of consecutive values from 0 to <paramref name="last"/>.</summary>
    public byte Enum(byte last) => Byte() is var value && value <= last ? value : throw new MalformedIrException($"{value} is out of an enum's range");

    public EquatableArray<byte> Bytes()
    {
        var count = Count();
        _at += count;
        return ImmutableArray.Create(_bytes, _at - count, count);
    }

    public EquatableArray<string> Texts() => List(static r => r.Text());

    public ImmutableArray<T> List<T>(Func<IrReader, T> read)
    {
        var count = Count();
        var items = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count; i++) items.Add(read(this));
        return items.MoveToImmutable();
    }

    /// <summary>A number of things of at least one byte each.</summary>
    public int Count()
    {
        var count = Unsigned();
        return count <= (ulong)(_end - _at) ? (int)count : throw new MalformedIrException("a count goes beyond the end");
    }

    private string StringAt(ulong id) =>
        id < (ulong)_strings.Length ? _strings[id] : throw new MalformedIrException("a string is not in the table");

    private CType TypeAt(ulong id, int known) =>
        id < (ulong)known ? _types[id] : throw new MalformedIrException("a type is not in the table");

    private string Utf8(int length)
    {
        _at += length;
        return Encoding.UTF8.GetString(_bytes, _at - length, length);
    }

    private CType ReadType(int known)
    {
        switch (Byte())
        {
            case TypeTag.Unknown:
                return CType.Unknown;
            case TypeTag.Void:
                return CType.Void;
            case TypeTag.Int:
                var bits = Int();
                var flags = Enum(3);
                return new IntType(bits, (flags & 1) != 0, (flags & 2) != 0, OptionalText());
            case TypeTag.Float:
                return new FloatType(Int());
            case TypeTag.Pointer:
                return new PointerType(TypeAt(Unsigned(), known), Bool()) { Tags = Texts() };
            case TypeTag.Struct:
                return new StructType(Text(), Bool(), Long());
            case TypeTag.Array:
                return new ArrayType(TypeAt(Unsigned(), known), Long());
            case TypeTag.Function:
                var result = TypeAt(Unsigned(), known);
                var isVariadic = Bool();
                return new FunctionType(result, List(r => new ParameterType(r.Text(), r.TypeAt(r.Unsigned(), known))), isVariadic);
            default:
                throw new MalformedIrException("an unknown kind of type");
        }
    }

    private ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }

        throw new MalformedIrException("a number is too long");
    }
}

/// <summary>Bytes that are no IR; caught by <see cref="UnitIrCodec.TryDecode"/>.</summary>
internal sealed class MalformedIrException(string message) : Exception(message);
