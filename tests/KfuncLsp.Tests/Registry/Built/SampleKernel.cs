using System.Buffers.Binary;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Tests.Registry.Built;

/// <summary>The BTF of a kernel with two functions that models know, and of a module with kfuncs of its own.</summary>
internal static class SampleKernel
{
    private const uint Acquire = 1, Release = 2, RetNull = 4;

    /// <summary>Types 1–8 and what is added: <c>bpf_task_from_pid</c>, <c>bpf_task_release</c> with the prototypes that they have since 6.12.</summary>
    public static byte[] Vmlinux(Action<BtfBuilder>? more = null)
    {
        var btf = new BtfBuilder(1, 0);
        btf.Name("");
        btf.Add(btf.Name("int"), 1, 0, 4, 0x01000020);
        btf.Add(btf.Name("s32"), 8, 0, 1);
        btf.Add(btf.Name("task_struct"), 4, 0, 8);
        btf.Add(0, 2, 0, 3);
        btf.Add(0, 13, 1, 4, btf.Name("pid"), 2);
        btf.Add(0, 13, 1, 0, btf.Name("p"), 4);
        btf.Add(btf.Name("bpf_task_from_pid"), 12, 0, 5);
        btf.Add(btf.Name("bpf_task_release"), 12, 0, 6);
        more?.Invoke(btf);
        return btf.ToBytes();
    }

    public static KernelBtf Btf(Action<BtfBuilder>? more = null) => KernelBtf.Read(Vmlinux(more)).Btf!;

    /// <summary>A module with <c>struct gadget *bpf_gadget_new(int size)</c> and <c>void bpf_gadget_free(struct gadget *gadget)</c>, on top of <see cref="Vmlinux"/>.</summary>
    public static byte[] Module(uint flagsOfNew = Acquire | RetNull) => ElfBuilder.Of(
        (".modinfo", "license=GPL\0vermagic=6.12.7-tiny SMP\0"u8.ToArray()), (".BTF", ModuleBtf()), (".BTF_ids", Ids(2, 1, 13, flagsOfNew, 14, Release)));

    /// <summary>The same as a loaded module shows itself: types alone.</summary>
    public static byte[] ModuleBtf()
    {
        var kernel = Vmlinux();
        var btf = new BtfBuilder(firstId: 9, firstName: BinaryPrimitives.ReadUInt32LittleEndian(kernel.AsSpan(20)));
        btf.Add(btf.Name("gadget"), 4, 0, 4);
        btf.Add(0, 2, 0, 9);
        btf.Add(0, 13, 1, 10, btf.Name("size"), 1);
        btf.Add(0, 13, 1, 0, btf.Name("gadget"), 10);
        btf.Add(btf.Name("bpf_gadget_new"), 12, 0, 11);
        btf.Add(btf.Name("bpf_gadget_free"), 12, 0, 12);
        foreach (var function in new uint[] { 13, 14 }) btf.Add(btf.Name("bpf_kfunc"), 17, 0, function, uint.MaxValue);
        return btf.ToBytes();
    }

    public static byte[] Ids(params ReadOnlySpan<uint> words)
    {
        var bytes = new byte[words.Length * 4];
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        return bytes;
    }
}
