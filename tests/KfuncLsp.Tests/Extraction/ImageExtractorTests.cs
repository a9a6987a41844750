using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using KfuncLsp.Extraction;
using KfuncLsp.Extraction.Images;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Tests.Registry;
using Xunit;

namespace KfuncLsp.Tests.Extraction;

/// <summary>Kernel images made here, whole and damaged, read beside the tiny tree that knows their sets.</summary>
public sealed class ImageExtractorTests : IDisposable
{
    private static readonly FactSources Known = new([TreeExtractor.Extract(Repository.PathOf("tests", "fixtures", "trees", "forms")).Facts!], new(), [], [], []);

    private readonly string folder = Directory.CreateTempSubdirectory("kfunc-lsp-image").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void NamesPrototypesAndFlagsAreTheImages()
    {
        var facts = Extract(Vmlinux()).Facts!;
        Assert.Equal("6.99.7", facts.Release);
        var get = facts.Kfuncs.Single(k => k.Name == "bpf_toy_get");
        Assert.Equal("struct toy *", get.Prototype!.Returns);
        Assert.Equal(new ParameterFact("id", "int"), Assert.Single(get.Prototype.Parameters));
        Assert.Equal(["KF_ACQUIRE", "KF_RET_NULL"], get.Hooks.Single().Flags);
        Assert.Equal("vmlinux@6.99.7", get.Source);
    }

    [Fact]
    public void HooksAreThoseOfTheTreesSetAndSaySo()
    {
        var get = Extract(Vmlinux()).Facts!.Kfuncs.Single(k => k.Name == "bpf_toy_get");
        Assert.Equal("COMMON", get.Hooks.Single().Hook);
        Assert.Contains($"hooks@{Known.Kernels[0].Release}", get.Inferred);
    }

    [Fact]
    public void ASetThatNoTreeKnowsIsTakenToBeOnAllHooks()
    {
        var (facts, issues) = Extract(Vmlinux("bpf_new_get", "bpf_new_put"));
        Assert.Equal(["hooks@unknown"], facts!.Kfuncs.Single(k => k.Name == "bpf_new_get").Inferred);
        Assert.Contains(issues, i => i.Contains("its hooks are not known", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatTheConfigurationLeavesOutIsInferred()
    {
        var facts = Extract(Vmlinux(), "CONFIG_TOY_TRAIN=y\n").Facts!;
        var read = facts.Kfuncs.Single(k => k.Name == "bpf_toy_read");
        Assert.Equal([$"all@{Known.Kernels[0].Release}"], read.Inferred);
    }

    [Fact]
    public void OfAModuleThatWasNotAtHandOnlyTheTreeKnows()
    {
        const string config = "CONFIG_TOYS=y\nCONFIG_TOY_TRAIN=m\nCONFIG_TOY_KFUNCS=y\n";
        Assert.Contains(Extract(Vmlinux(), config).Facts!.Kfuncs, k => k.Name == "bpf_toy_read");
        Directory.CreateDirectory(Path.Combine(folder, "kernel"));
        var (facts, issues) = Extract(Vmlinux(), config);
        Assert.DoesNotContain(facts!.Kfuncs, k => k.Name == "bpf_toy_read");
        Assert.Contains(issues, i => i.StartsWith("bpf_toy_read: not in the image, although its options are on", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutOptionsNothingThatHangsOnOneIsLacking()
    {
        Directory.CreateDirectory(Path.Combine(folder, "kernel"));
        var (facts, issues) = Extract(Vmlinux());
        Assert.Equal([$"all@{Known.Kernels[0].Release}"], facts!.Kfuncs.Single(k => k.Name == "bpf_toy_read").Inferred);
        Assert.DoesNotContain(issues, i => i.Contains("CONFIG_TOY", StringComparison.Ordinal));
        Assert.Contains("bpf_toy_odd: not in the image, although it hangs on no option", issues);
    }

    [Fact]
    public void AnUnmarkedSetIsNoKfuncSetWhereSetsAreMarked()
    {
        var ids = Ids(1, 1, 6, 5).Concat(Ids(1, 0, 7, 0)).ToArray();
        Assert.Equal(["bpf_toy_get"], Extract(Vmlinux(ids: ids)).Facts!.Kfuncs.Where(k => k.Source == "vmlinux@6.99.7").Select(k => k.Name));
    }

    [Fact]
    public void AListOfPlainIdsIsNoSet()
    {
        var ids = Ids(7, 6, 0, 3).Concat(Ids(2, 1, 6, 5, 7, 2)).ToArray();
        Assert.Equal(["bpf_toy_get", "bpf_toy_put"], Extract(Vmlinux(ids: ids)).Facts!.Kfuncs.Where(k => k.Source == "vmlinux@6.99.7").Select(k => k.Name));
    }

    [Fact]
    public void AVmlinuzIsUnpacked() =>
        Assert.Contains(Extract(Vmlinuz(Gzip(Vmlinux()))).Facts!.Kfuncs, k => k.Name == "bpf_toy_get");

    [Fact]
    public void ModulesAreReadOnTopOfTheKernel()
    {
        var modules = Directory.CreateDirectory(Path.Combine(folder, "kernel")).FullName;
        var btf = new BtfBuilder(firstId: 8, firstName: (uint)NamesLength(Btf("bpf_toy_get", "bpf_toy_put")));
        btf.Add(btf.Name("bpf_toy_lid"), 12, 0, 5);
        File.WriteAllBytes(Path.Combine(modules, "toy-lid.ko.gz"), Gzip(ElfBuilder.Of((".BTF", btf.ToBytes()), (".BTF_ids", Ids(1, 1, 8, 0)))));
        var lid = Extract(Vmlinux()).Facts!.Kfuncs.Single(k => k.Name == "bpf_toy_lid");
        Assert.Equal(("toy_lid.ko@6.99.7", true), (lid.Source, lid.Module));
        Assert.Equal("struct toy *", lid.Prototype!.Returns);
    }

    [Fact]
    public void TheComparisonNamesEachDifferenceAndItsOption()
    {
        var path = Path.Combine(folder, "vmlinux");
        File.WriteAllBytes(path, Vmlinux());
        File.WriteAllText(Path.Combine(folder, "config"), "CONFIG_TOY_TRAIN=y\n");
        var (_, differences) = ImageComparison.Between(Known.Kernels[0], ImageReading.Read(new(path)).Reading!);
        Assert.Equal("CONFIG_TOYS, CONFIG_TOY_KFUNCS", differences.Single(d => d.Name == "bpf_toy_read").Explanation);
        Assert.Contains(differences, d => d is { Name: "bpf_toy_put", Kind: "flags", Tree: "KF_RELEASE", Image: "KF_RET_NULL" });
    }

    [Fact]
    public void ABuildThatDidNotTagAKfuncLeavesItsImplicitArguments()
    {
        var btf = new BtfBuilder(1, 0);
        btf.Name("");
        btf.Add(btf.Name("int"), 1, 0, 4, 0x01000020);
        btf.Add(btf.Name("toy"), 4, 0, 8);
        btf.Add(0, 2, 0, 2);
        btf.Add(btf.Name("bpf_prog_aux"), 4, 0, 8);
        btf.Add(0, 2, 0, 4);
        btf.Add(0, 13, 2, 1, btf.Name("toy"), 3, btf.Name("aux"), 5);
        var lsm = btf.Add(btf.Name("bpf_toy_lsm"), 12, 0, 6);
        var tagged = btf.Add(btf.Name("bpf_toy_odd"), 12, 0, 6);
        btf.Add(btf.Name("bpf_kfunc"), 17, 0, (uint)tagged, uint.MaxValue);
        var tree = Known.Kernels[0] with { FlagBits = [.. Known.Kernels[0].FlagBits, new("KF_IMPLICIT_ARGS", 16)] };
        var path = Path.Combine(folder, "vmlinux");
        File.WriteAllBytes(path, Vmlinux(btf: btf.ToBytes(), ids: Ids(2, 1, (uint)lsm, 1 << 16, (uint)tagged, 0)));
        var (_, differences) = ImageComparison.Between(tree, ImageReading.Read(new(path)).Reading!);
        Assert.Contains("did not tag it", differences.Single(d => d is { Name: "bpf_toy_lsm", Kind: "prototype" }).Explanation, StringComparison.Ordinal);
        Assert.Equal("", differences.Single(d => d is { Name: "bpf_toy_odd", Kind: "prototype" }).Explanation);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("plain text, no image", "neither an ELF vmlinux nor an x86 vmlinuz")]
    public void WhatIsNoImageIsRefused(string content, string reason) => Refused(Encoding.ASCII.GetBytes(content), reason);

    [Fact]
    public void AKernelWithoutBtfIsRefused() => Refused(ElfBuilder.Of((".rodata", Encoding.ASCII.GetBytes("Linux version 6.99.7 x"))), "CONFIG_DEBUG_INFO_BTF is off");

    [Fact]
    public void AnObjectThatIsNoKernelIsRefused() => Refused(ElfBuilder.Of((".BTF", Btf("a", "b")), (".BTF_ids", Ids(1, 1, 6, 0))), "names no Linux version");

    [Fact]
    public void HalfASetIsRefused()
    {
        Refused(Vmlinux(ids: Ids(2, 1, 6, 5)), "ends within a kfunc set");
        Refused(Vmlinux(ids: [.. Ids(1, 1, 6, 5), .. Ids(9, 1, 7, 4)]), "ends within a kfunc set");
    }

    [Fact]
    public void AnUnknownPackingIsRefused() => Refused(Vmlinuz([1, 2, 3, 4, 5, 6, 7, 8]), "packed in a way that is not known");

    [Fact]
    public void CorruptBtfIsRefused()
    {
        var btf = Btf("bpf_toy_get", "bpf_toy_put");
        btf[24 + 7] = 0xff;
        Refused(Vmlinux(btf: btf), "BTF type");
    }

    [Fact]
    public void NoPartOfATruncatedImageIsRead()
    {
        foreach (var whole in new[] { Vmlinux(), Vmlinuz(Gzip(Vmlinux())), Gzip(Vmlinux()) })
            for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 60))
            {
                var (facts, issues) = Extract(whole[..length]);
                Assert.Null(facts);
                Assert.NotEmpty(issues);
            }
    }

    private void Refused(byte[] image, string reason)
    {
        var (facts, issues) = Extract(image);
        Assert.Null(facts);
        Assert.Contains(reason, Assert.Single(issues), StringComparison.Ordinal);
    }

    private (RegistryFacts? Facts, IReadOnlyList<string> Issues) Extract(byte[] image, string? config = null)
    {
        var path = Path.Combine(folder, "vmlinuz");
        File.WriteAllBytes(path, image);
        if (config is not null) File.WriteAllText(Path.Combine(folder, "config"), config);
        var (facts, issues) = ImageExtractor.Extract(new(path), Known);
        return (facts, issues);
    }

    private static byte[] Vmlinux(string get = "bpf_toy_get", string put = "bpf_toy_put", byte[]? ids = null, byte[]? btf = null) => ElfBuilder.Of(
        (".rodata", Encoding.ASCII.GetBytes("Linux version 6.99.7 (someone)\0")), (".BTF", btf ?? Btf(get, put)), (".BTF_ids", ids ?? Ids(2, 1, 6, 5, 7, 4)));

    /// <summary>Types 1–7: int, struct toy, a pointer to it, two prototypes, and a function of each.</summary>
    private static byte[] Btf(string get, string put)
    {
        var btf = new BtfBuilder(1, 0);
        btf.Name("");
        btf.Add(btf.Name("int"), 1, 0, 4, 0x01000020);
        btf.Add(btf.Name("toy"), 4, 0, 8);
        btf.Add(0, 2, 0, 2);
        btf.Add(0, 13, 1, 0, btf.Name("toy"), 3);
        btf.Add(0, 13, 1, 3, btf.Name("id"), 1);
        btf.Add(btf.Name(get), 12, 0, 5);
        btf.Add(btf.Name(put), 12, 0, 4);
        return btf.ToBytes();
    }

    private static int NamesLength(byte[] btf) => BinaryPrimitives.ReadInt32LittleEndian(btf.AsSpan(20));

    private static byte[] Ids(params ReadOnlySpan<uint> words)
    {
        var bytes = new byte[words.Length * 4];
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        return bytes;
    }

    private static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>A boot image: the setup header, then the packed kernel.</summary>
    private static byte[] Vmlinuz(byte[] payload)
    {
        var image = new byte[1024 + payload.Length];
        image[0x1f1] = 1;
        "HdrS"u8.CopyTo(image.AsSpan(0x202));
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(0x24c), payload.Length);
        payload.CopyTo(image, 1024);
        return image;
    }
}
