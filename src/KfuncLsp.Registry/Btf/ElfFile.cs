using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Registry.Btf;

/// <summary>A section of an ELF file: its name, where it is loaded, and its bytes.</summary>
public sealed record ElfSection(string Name, ulong Address, ReadOnlyMemory<byte> Content);

/// <summary>The sections of a little-endian ELF64 file: a vmlinux, a module, an object.</summary>
/// <remarks>A section without bytes in the file (<c>.bss</c>) is there with none.</remarks>
public sealed class ElfFile
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;

    /// <summary>Longer names of sections are cut.</summary>
    private const int MaxName = 512;
    private const uint NoBits = 8;

    private ElfFile(ImmutableArray<ElfSection> sections) => Sections = sections;

    public ImmutableArray<ElfSection> Sections { get; }

    /// <summary>Whether bytes begin as an ELF file does.</summary>
    public static bool Starts(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\u007fELF"u8);

    /// <summary>The first section of a name; null where there is none.</summary>
    public ElfSection? Section(string name) => Sections.FirstOrDefault(s => s.Name == name);

    /// <summary>Reads the section table.</summary>
    /// <remarks>Errors: null and the reason, for what is no such file, or whose table or sections reach past its end.</remarks>
    public static (ElfFile? File, string? Error) Parse(ReadOnlyMemory<byte> bytes)
    {
        var file = bytes.Span;
        if (!Starts(file)) return (null, "no ELF file");
        if (file.Length < HeaderSize || file[4] != 2 || file[5] != 1) return (null, "an ELF file, but not a 64-bit little-endian one");
        var table = BinaryPrimitives.ReadUInt64LittleEndian(file[40..]);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(file[58..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file[60..]);
        var namesIndex = BinaryPrimitives.ReadUInt16LittleEndian(file[62..]);
        if (size != SectionHeaderSize || namesIndex >= count || !Fits(file, table, (ulong)count * size)) return (null, "a damaged ELF section table");
        var header = file.Slice((int)table, count * size);
        var (namesAt, namesSize) = Place(header, namesIndex);
        if (!Fits(file, namesAt, namesSize)) return (null, "a damaged ELF string table");
        var names = file.Slice((int)namesAt, (int)namesSize);
        var sections = ImmutableArray.CreateBuilder<ElfSection>(count);
        for (var i = 0; i < count; i++)
        {
            var entry = header[(i * SectionHeaderSize)..];
            var name = Name(names, BinaryPrimitives.ReadUInt32LittleEndian(entry));
            var (at, length) = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]) == NoBits ? (0, 0) : Place(header, i);
            if (!Fits(file, at, length)) return (null, $"a {name} section that reaches past the file");
            sections.Add(new(name, BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]), bytes.Slice((int)at, (int)length)));
        }

        return (new(sections.ToImmutable()), null);
    }

    private static string Name(ReadOnlySpan<byte> names, uint at)
    {
        if (at >= names.Length) return "";
        var text = names.Slice((int)at, Math.Min(names.Length - (int)at, MaxName));
        var end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    private static (ulong Offset, ulong Size) Place(ReadOnlySpan<byte> table, int index)
    {
        var entry = table[(index * SectionHeaderSize)..];
        return (BinaryPrimitives.ReadUInt64LittleEndian(entry[24..]), BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]));
    }

    private static bool Fits(ReadOnlySpan<byte> file, ulong at, ulong size) => at <= (ulong)file.Length && size <= (ulong)file.Length - at;
}
