using System.Security.Cryptography;
using System.Text;
using static System.Buffers.Binary.BinaryPrimitives;

namespace KfuncLsp.Mutation.Compiling;

/// <summary>What of a BPF object the kernel runs: its sections without debug information, and the names that relocations refer to.</summary>
internal static class ObjectCode
{
    private const int Relocations = 9, SymbolTable = 2, Strings = 3;

    /// <summary>A hash that two objects share where they differ only in source positions.</summary>
    /// <remarks>Source: elf(5); 64-bit, little-endian, as BPF objects are.</remarks>
    public static string Digest(byte[] elf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sections = Sections(elf);
        var names = sections[ReadUInt16LittleEndian(elf.AsSpan(62))];
        foreach (var section in sections)
        {
            var name = Text(elf, names.Offset + section.Name);
            if (name.StartsWith(".debug", StringComparison.Ordinal) || name.StartsWith(".BTF", StringComparison.Ordinal)
                || name.StartsWith(".rel.BTF", StringComparison.Ordinal) || name.StartsWith(".rel.debug", StringComparison.Ordinal) || section.Type is SymbolTable or Strings || name == ".llvm_addrsig") continue;
            hash.AppendData(Encoding.UTF8.GetBytes(name + '\0'));
            if (section.Type == Relocations) AppendRelocations(hash, elf, section, sections);
            else if (section.Type != 8) hash.AppendData(elf.AsSpan(section.Offset, section.Size));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void AppendRelocations(IncrementalHash hash, byte[] elf, Section section, Section[] sections)
    {
        var symbols = sections[section.Link];
        var strings = sections[symbols.Link];
        for (var at = section.Offset; at < section.Offset + section.Size; at += 16)
        {
            var symbol = symbols.Offset + (int)ReadUInt32LittleEndian(elf.AsSpan(at + 12)) * 24;
            hash.AppendData(elf.AsSpan(at, 12));
            hash.AppendData(Encoding.UTF8.GetBytes(Text(elf, strings.Offset + (int)ReadUInt32LittleEndian(elf.AsSpan(symbol))) + '\0'));
            hash.AppendData(elf.AsSpan(symbol + 8, 8));
        }
    }

    private static Section[] Sections(byte[] elf)
    {
        var table = (int)ReadUInt64LittleEndian(elf.AsSpan(40));
        var all = new Section[ReadUInt16LittleEndian(elf.AsSpan(60))];
        for (var i = 0; i < all.Length; i++)
        {
            var header = elf.AsSpan(table + i * 64, 64);
            all[i] = new Section((int)ReadUInt32LittleEndian(header), (int)ReadUInt32LittleEndian(header[4..]), (int)ReadUInt64LittleEndian(header[24..]),
                (int)ReadUInt64LittleEndian(header[32..]), (int)ReadUInt32LittleEndian(header[40..]));
        }

        return all;
    }

    private static string Text(byte[] elf, int at) => Encoding.UTF8.GetString(elf.AsSpan(at, elf.AsSpan(at).IndexOf((byte)0)));

    private readonly record struct Section(int Name, int Type, int Offset, int Size, int Link);
}
