using System.Buffers.Binary;

namespace KfuncLsp.Differential.Interpreting;

/// <summary>What the IR asked for that C does not allow: a bug of whoever made the IR.</summary>
public sealed class IrFault(string message) : Exception(message);

/// <summary>What the interpreter has no meaning for: an unknown value, a missing function, inline assembly.</summary>
public sealed class NotInterpreted(string message) : Exception(message);

/// <summary>Objects of bytes. An address is an object's number in the upper half and an offset in the lower one, so that leaving an object is seen.</summary>
public sealed class Memory
{
    private readonly List<byte[]?> _objects = [null];

    /// <summary>A new object; its bytes are <paramref name="fill"/> until they are written.</summary>
    public long Allocate(long size, byte fill)
    {
        var bytes = new byte[size];
        if (fill != 0) bytes.AsSpan().Fill(fill);
        return Add(bytes);
    }

    public long Add(byte[] bytes)
    {
        _objects.Add(bytes);
        return (long)(_objects.Count - 1) << 32;
    }

    /// <summary>Ends the life of every object made since <paramref name="mark"/>, a former <see cref="Count"/>.</summary>
    public void Release(int mark)
    {
        for (var i = mark; i < _objects.Count; i++) _objects[i] = null;
        if (_objects.Count > 1 << 20) throw new NotInterpreted("more than a million objects");
    }

    public int Count => _objects.Count;

    /// <summary>The bytes at an address.</summary>
    public Span<byte> At(long address, long length)
    {
        var index = address >> 32;
        if (index <= 0 || index >= _objects.Count) throw new IrFault($"access through {address:x}, which is no object");
        var bytes = _objects[(int)index] ?? throw new IrFault($"access to object {index} after its life");
        var offset = (long)(uint)address;
        if (length < 0 || offset + length > bytes.Length)
            throw new IrFault($"access of {length} bytes at offset {offset} of an object of {bytes.Length}");
        return bytes.AsSpan((int)offset, (int)length);
    }

    /// <summary>The unsigned little-endian number at an address.</summary>
    public ulong Read(long address, long size)
    {
        var bytes = At(address, size);
        return size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            8 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            _ => throw new IrFault($"a load of {size} bytes"),
        };
    }

    public void Write(long address, long size, ulong value)
    {
        var bytes = At(address, size);
        switch (size)
        {
            case 1: bytes[0] = (byte)value; break;
            case 2: BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value); break;
            case 4: BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value); break;
            case 8: BinaryPrimitives.WriteUInt64LittleEndian(bytes, value); break;
            default: throw new IrFault($"a store of {size} bytes");
        }
    }
}
