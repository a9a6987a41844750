namespace KfuncLsp.Registry.Btf;

/// <summary>Finds the BTF in a file: the whole file, or the <c>.BTF</c> section of an ELF file.</summary>
internal static class BtfSection
{
    public static (ReadOnlyMemory<byte> Section, string? Error) Find(byte[] bytes)
    {
        if (bytes.Length < 4) return (default, "too short for BTF or ELF");
        if (!ElfFile.Starts(bytes)) return (bytes, null);
        var (file, error) = ElfFile.Parse(bytes);
        if (file is null) return (default, error);
        return file.Section(".BTF") is { } section ? (section.Content, null) : (default, "an ELF file without a .BTF section");
    }
}
