using System.Buffers.Binary;
using System.Text;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Extraction.Images;

/// <summary>A built kernel: its release, its BTF, and the id sets of its <c>.BTF_ids</c>.</summary>
public sealed record KernelImage(string Path, string Release, ElfFile Elf, KernelBtf Btf)
{
    private const int SetupSectors = 0x1f1, BootMagic = 0x202, PayloadOffset = 0x248, PayloadLength = 0x24c;

    /// <summary>Opens an ELF vmlinux, a vmlinuz, or either of them packed.</summary>
    /// <remarks>Errors: null and the reason. What comes out of a truncated or damaged file is no image: nothing of it is used.</remarks>
    public static (KernelImage? Image, string? Error) Open(string path)
    {
        var (bytes, unread) = NamedFile.Read(path);
        if (bytes is null) return (null, unread);
        var (image, error) = Read(path, bytes);
        return (image, error is null ? null : $"{path}: {error}");
    }

    private static (KernelImage? Image, string? Error) Read(string path, byte[] bytes)
    {
        var (content, packing) = Unpack(bytes);
        if (content is null) return (null, packing);
        var (elf, damage) = ElfFile.Parse(content);
        if (elf is null) return (null, damage);
        if (elf.Section(".BTF") is null) return (null, "a kernel without a .BTF section (CONFIG_DEBUG_INFO_BTF is off in it)");
        if (elf.Section(".BTF_ids") is null) return (null, "a kernel without a .BTF_ids section");
        if (Banner(content) is not { } release) return (null, "an ELF file that names no Linux version, so no kernel");
        var (btf, corrupt) = KernelBtf.Read(content);
        return btf is null ? (null, corrupt) : (new(path, release, elf, btf), null);
    }

    /// <summary>The ELF file in a vmlinux, a vmlinuz, or either of them packed.</summary>
    private static (byte[]? Content, string? Error) Unpack(byte[] bytes)
    {
        if (ElfFile.Starts(bytes)) return (bytes, null);
        if (Compression.Knows(bytes)) return Compression.Expand(bytes);
        if (bytes.Length < PayloadLength + 4 || !bytes.AsSpan(BootMagic, 4).SequenceEqual("HdrS"u8)) return (null, "no kernel image: neither an ELF vmlinux nor an x86 vmlinuz");
        var payload = ((bytes[SetupSectors] + 1L) * 512) + BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(PayloadOffset));
        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(PayloadLength));
        if (payload + length > bytes.Length) return (null, "a truncated vmlinuz: its kernel reaches past the end of the file");
        return Compression.ExpandSized(bytes.AsMemory((int)payload, (int)length));
    }

    /// <summary>The release in the banner that every kernel prints first.</summary>
    private static string? Banner(ReadOnlySpan<byte> content)
    {
        var mark = "Linux version "u8;
        while (content.IndexOf(mark) is var at and >= 0)
        {
            content = content[(at + mark.Length)..];
            var length = content.IndexOfAnyExceptInRange((byte)'!', (byte)'~');
            if (length > 0 && KernelVersion.Parse(Encoding.ASCII.GetString(content[..length])) is not null) return Encoding.ASCII.GetString(content[..length]);
        }

        return null;
    }
}
