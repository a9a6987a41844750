using System.Buffers.Binary;
using System.Text;

namespace KfuncLsp.Tests.Registry;

/// <summary>Writes BTF records.</summary>
internal sealed class BtfBuilder(int firstId, uint firstName)
{
    private readonly MemoryStream types = new();
    private readonly MemoryStream names = new();
    private int next = firstId;

    public uint Name(string text)
    {
        var at = firstName + (uint)names.Length;
        names.Write(Encoding.ASCII.GetBytes(text + "\0"));
        return at;
    }

    public int Add(uint name, uint kind, uint count, uint sizeOrType, params ReadOnlySpan<uint> rest)
    {
        Write(name);
        Write((kind << 24) | count);
        Write(sizeOrType);
        foreach (var word in rest) Write(word);
        return next++;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[24 + types.Length + names.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, 0xeb9f);
        bytes[2] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 24);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), (int)types.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), (int)types.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), (int)names.Length);
        types.ToArray().CopyTo(bytes, 24);
        names.ToArray().CopyTo(bytes, 24 + (int)types.Length);
        return bytes;
    }

    private void Write(uint word)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        types.Write(bytes);
    }
}

/// <summary>Writes ELF64 files: a header, the sections' contents, then the table.</summary>
internal static class ElfBuilder
{
    public static byte[] Of(params ReadOnlySpan<(string Name, byte[] Content)> sections)
    {
        var names = new StringBuilder("\0.shstrtab\0");
        var file = new MemoryStream();
        file.Write(new byte[64]);
        var headers = new List<(int Name, long At, int Size)> { (0, 0, 0) };
        foreach (var (name, content) in sections)
        {
            headers.Add((names.Length, file.Length, content.Length));
            names.Append(name).Append('\0');
            file.Write(content);
        }

        headers.Add((1, file.Length, names.Length));
        file.Write(Encoding.ASCII.GetBytes(names.ToString()));
        var table = file.Length;
        foreach (var (name, at, size) in headers)
        {
            var header = new byte[64];
            BinaryPrimitives.WriteInt32LittleEndian(header, name);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), at);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), size);
            file.Write(header);
        }

        var bytes = file.ToArray();
        "\u007fELF\u0002\u0001"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), table);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(58), 64);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(60), (short)headers.Count);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(62), (short)(headers.Count - 1));
        return bytes;
    }
}
