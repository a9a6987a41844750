using System.Buffers.Binary;
using KfuncLsp.Registry.Btf;
using Xunit;

namespace KfuncLsp.Tests.Registry;

/// <summary>The BTF reader on records made here, whole and damaged.</summary>
public sealed class KernelBtfTests
{
    [Fact]
    public void TaggedFunctionsAreKfuncsWithTheirPrototypes()
    {
        var (btf, error) = KernelBtf.Read(Sample());
        Assert.Null(error);
        Assert.Equal("struct task_struct *bpf_toy_get(const struct task_struct *task, int flags)", Assert.Single(btf!.Kfuncs.Values).ToString());
        Assert.Null(btf.Kfuncs.GetValueOrDefault("plain"));
        Assert.NotNull(btf.FindFunction("plain"));
    }

    [Fact]
    public void AnElfFileHoldsItInASection() => Assert.Single(KernelBtf.Read(ElfBuilder.Of((".BTF", Sample()))).Btf!.Kfuncs);

    [Fact]
    public void AModulesBtfStandsOnTheKernels()
    {
        var kernel = KernelBtf.Read(Sample()).Btf!;
        var module = new BtfBuilder(firstId: 10, firstName: (uint)Names(Sample()).Length);
        var proto = module.Add(module.Name(""), 13, 0, 5);
        var function = module.Add(module.Name("bpf_module_get"), 12, 0, (uint)proto);
        module.Add(module.Name("bpf_kfunc"), 17, 0, (uint)function, uint.MaxValue);
        var (btf, error) = KernelBtf.Read(module.ToBytes(), kernel);
        Assert.Null(error);
        Assert.Equal("struct task_struct *bpf_module_get(void)", Assert.Single(btf!.Kfuncs.Values).ToString());
    }

    [Theory]
    [InlineData(0, "too short")]
    [InlineData(3, "too short")]
    [InlineData(20, "too short for a BTF header")]
    [InlineData(60, "points outside the file")]
    public void ATruncatedFileIsRefused(int length, string reason)
    {
        var (btf, error) = KernelBtf.Read(Sample()[..length]);
        Assert.Null(btf);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnElfFileWithoutBtfIsRefused() => Assert.Contains("without a .BTF section", KernelBtf.Read(ElfBuilder.Of((".text", Sample()))).Error, StringComparison.Ordinal);

    [Fact]
    public void AMissingFileIsRefused() => Assert.NotNull(KernelBtf.Read(Path.Combine(Path.GetTempPath(), "no-such-btf")).Error);

    [Fact]
    public void DamageNeverThrows()
    {
        var random = new Random(20240611);
        foreach (var original in new[] { Sample(), ElfBuilder.Of((".BTF", Sample())) })
            for (var round = 0; round < 20_000; round++)
            {
                var bytes = original.ToArray();
                for (var flips = random.Next(1, 6); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                var (btf, error) = KernelBtf.Read(bytes);
                Assert.True(btf is null != error is null);
                foreach (var kfunc in btf?.Kfuncs.Values ?? []) Assert.NotNull(kfunc.ToString());
            }
    }

    /// <summary>Small files that would take years, or all memory: each is read at once, without what was asked of it.</summary>
    [Theory]
    [InlineData("prototypes within prototypes")]
    [InlineData("a prototype that many share")]
    [InlineData("a struct of itself")]
    [InlineData("a name without an end")]
    public async Task TrapsAreReadAtOnce(string trap)
    {
        var btf = new BtfBuilder(1, 0);
        btf.Name("");
        var name = btf.Name(trap == "a name without an end" ? new string('a', 1_000_000) : "f");
        var (one, tag) = (btf.Name("one"), btf.Name("bpf_kfunc"));
        btf.Add(btf.Name("int"), 1, 0, 4, 0x01000020);
        uint many = trap == "a prototype that many share" ? 60_000u : 12u;
        var proto = btf.Add(0, 13, many, 1, [.. Enumerable.Range(0, 2 * (int)many).Select(i => i % 2 == 0 ? name : trap == "prototypes within prototypes" ? 2u : 1u)]);
        var of = btf.Add(one, 4, 40_000, 8, [.. Enumerable.Range(0, 3 * 40_000).Select(i => i % 3 == 1 ? 3u : 0u)]);
        for (var i = 0; i < 2_000; i++) btf.Add(tag, 17, 0, (uint)btf.Add(trap == "a name without an end" ? name : btf.Name($"f{i}"), 12, 0, (uint)proto), uint.MaxValue);

        var read = await Task.Run(() => KernelBtf.Read(btf.ToBytes())).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(trap == "a prototype that many share" ? 0 : trap == "a name without an end" ? 1 : 2_000, read.Btf!.Kfuncs.Count);
        Assert.All(read.Btf!.Kfuncs.Values, f => Assert.InRange(f.ToString().Length, 1, 20_000));
        Assert.False((await Task.Run(() => read.Btf!.FindStruct("one")).WaitAsync(TimeSpan.FromSeconds(30)))!.Value.IsScalarOnly);
    }

    /// <summary>Types 1–9: int, struct task_struct, const, two pointers, a prototype, two functions, a tag.</summary>
    private static byte[] Sample()
    {
        var btf = new BtfBuilder(1, 0);
        btf.Name("");
        btf.Add(btf.Name("int"), 1, 0, 4, 0x01000020);
        btf.Add(btf.Name("task_struct"), 4, 0, 8);
        btf.Add(0, 10, 0, 2);
        btf.Add(0, 2, 0, 3);
        btf.Add(0, 2, 0, 2);
        btf.Add(0, 13, 2, 5, btf.Name("task"), 4, btf.Name("flags"), 1);
        var get = btf.Add(btf.Name("bpf_toy_get"), 12, 0, 6);
        btf.Add(btf.Name("plain"), 12, 0, 6);
        btf.Add(btf.Name("bpf_kfunc"), 17, 0, (uint)get, uint.MaxValue);
        return btf.ToBytes();
    }

    private static byte[] Names(byte[] btf) => btf[(24 + BinaryPrimitives.ReadInt32LittleEndian(btf.AsSpan(16)))..];
}
