using System.Buffers.Binary;
using System.Text;
using KfuncLsp.Ir;
using KfuncLsp.Ir.Codec;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Fuzz.Targets;

/// <summary>BTF, as a project's configuration may name it.</summary>
internal sealed class BtfTarget : FuzzTarget
{
    public override string Name => "btf";
    public override IReadOnlyList<byte[]> Seeds { get; } = [Sample()];

    public override Task TryAsync(byte[] input)
    {
        var (btf, error) = KernelBtf.Read(input);
        if (btf is null && string.IsNullOrEmpty(error)) throw new FindException("neither BTF nor a reason");
        return Task.CompletedTask;
    }

    /// <summary>An int, a pointer, a struct with a member, an enum, a function with its prototype, a type tag, a declaration tag, an array.</summary>
    private static byte[] Sample()
    {
        var names = "\0int\0s\0field\0e\0one\0f\0p\0tag\0bpf_kfunc\0"u8.ToArray();
        int At(string name) => names.AsSpan().IndexOf(Encoding.ASCII.GetBytes("\0" + name + "\0")) + 1;
        uint[] words =
        [
            (uint)At("int"), 1u << 24, 4, 0x01000020,
            0, 2u << 24, 3,
            (uint)At("s"), (4u << 24) | 1, 8, (uint)At("field"), 2, 0,
            (uint)At("e"), (6u << 24) | 1, 4, (uint)At("one"), 1,
            0, (13u << 24) | 1, 1, (uint)At("p"), 2,
            (uint)At("f"), (12u << 24) | 1, 5,
            (uint)At("tag"), 18u << 24, 3,
            (uint)At("bpf_kfunc"), 17u << 24, 6, 0xffffffff,
            0, 3u << 24, 0, 1, 1, 4,
        ];
        var bytes = new byte[24 + words.Length * 4 + names.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, 0xeb9f);
        bytes[2] = 1;
        int[] header = [24, 0, words.Length * 4, words.Length * 4, names.Length];
        for (var i = 0; i < header.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 + i * 4), header[i]);
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24 + i * 4), words[i]);
        names.CopyTo(bytes, 24 + words.Length * 4);
        return bytes;
    }
}

/// <summary>ELF files: this program's own executable, and sections read out of it.</summary>
internal sealed class ElfTarget : FuzzTarget
{
    public override string Name => "elf";

    public override IReadOnlyList<byte[]> Seeds { get; } =
        [.. new[] { Path.Combine(AppContext.BaseDirectory, "KfuncLsp.Fuzz"), "/bin/true" }.Where(File.Exists).Select(File.ReadAllBytes).Where(b => ElfFile.Starts(b))];

    public override Task TryAsync(byte[] input)
    {
        var (file, error) = ElfFile.Parse(input);
        if (file is null && string.IsNullOrEmpty(error)) throw new FindException("neither an ELF file nor a reason");
        KernelBtf.Read(input);
        return Task.CompletedTask;
    }
}

/// <summary>What the parser's process sends.</summary>
internal sealed class UnitTarget : FuzzTarget
{
    public override string Name => "unit";
    public override IReadOnlyList<byte[]> Seeds { get; } = [UnitIrCodec.Encode(new UnitIr { MainFile = "/a.bpf.c", Files = ["/a.bpf.c", "/b.h"], License = "GPL" })];

    public override Task TryAsync(byte[] input)
    {
        if (!UnitIrCodec.TryDecode(input, out _, out var problem) && string.IsNullOrEmpty(problem)) throw new FindException("neither a unit nor a reason");
        return Task.CompletedTask;
    }
}
