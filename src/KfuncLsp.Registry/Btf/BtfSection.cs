using System.Buffers.Binary;

namespace KfuncLsp.Registry.Btf;

/// <summary>Finds the BTF in a file: the whole file, or the <c>.BTF</c> section of a little-endian ELF64.</summary>
internal static class BtfSection
{
    private const uint ElfMagic = 0x464c457f;
    private const int SectionHeaderSize = 64;

    public static (ReadOnlyMemory<byte> Section, string? Error) Find(byte[] bytes)
    {
        var file = bytes.AsSpan();
        if (file.Length < 4) return (default, "too short for BTF or ELF");
        if (BinaryPrimitives.ReadUInt32LittleEndian(file) != ElfMagic) return (bytes, null);
        if (file.Length < 64 || file[4] != 2 || file[5] != 1) return (default, "an ELF file, but not a 64-bit little-endian one");
        var table = BinaryPrimitives.ReadUInt64LittleEndian(file[40..]);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(file[58..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file[60..]);
        var names = BinaryPrimitives.ReadUInt16LittleEndian(file[62..]);
        if (size != SectionHeaderSize || names >= count || !Fits(file, table, (ulong)count * size)) return (default, "a damaged ELF section table");
        var (nameAt, nameSize) = Place(file, table, names);
        if (!Fits(file, nameAt, nameSize)) return (default, "a damaged ELF string table");
        for (var i = 0; i < count; i++)
        {
            var name = BinaryPrimitives.ReadUInt32LittleEndian(file[(int)(table + ((ulong)i * SectionHeaderSize))..]);
            if (name >= nameSize || !file[(int)(nameAt + name)..(int)(nameAt + nameSize)].StartsWith(".BTF\0"u8)) continue;
            var (at, length) = Place(file, table, i);
            return Fits(file, at, length) ? (bytes.AsMemory((int)at, (int)length), null) : (default, "a .BTF section that reaches past the file");
        }

        return (default, "an ELF file without a .BTF section");
    }

    private static (ulong Offset, ulong Size) Place(ReadOnlySpan<byte> file, ulong table, int index)
    {
        var header = file[(int)(table + ((ulong)index * SectionHeaderSize))..];
        return (BinaryPrimitives.ReadUInt64LittleEndian(header[24..]), BinaryPrimitives.ReadUInt64LittleEndian(header[32..]));
    }

    private static bool Fits(ReadOnlySpan<byte> file, ulong at, ulong size) => at <= (ulong)file.Length && size <= (ulong)file.Length - at;
}
