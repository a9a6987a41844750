using KfuncLsp.Extraction;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Extraction;

/// <summary>A registry or a tree that someone broke ends in a reason, or is read as far as it is whole. Found by fuzzing.</summary>
public sealed class DamagedInputTests
{
    [Fact]
    public void TheGoodRegistryIsRead() => Assert.Null(RegistryFile.Of("r.json", Good()).Error);

    [Theory]
    [InlineData("\"flags\": [\"KF_RCU\"]", "\"flags\": [null]", "a list with a null in it")]
    [InlineData("{\"name\": \"a\", \"type\": \"struct toy *\"}", "{\"type\": \"struct toy *\"}", "'name'")]
    [InlineData("{\"name\": \"a\", \"type\": \"struct toy *\"}", "{\"name\": null, \"type\": \"struct toy *\"}", "name")]
    [InlineData("\"name\": \"bpf_toy_and\"", "\"name\": \"bpf_toy_get\"", "it contradicts itself")]
    [InlineData("\"release\": \"6.99.3\"", "\"release\": \"soon\"", "'soon' is no release")]
    [InlineData("\"kfuncs\": [", "\"kfuncs\": [ {", "not a registry")]
    public void ADamagedRegistryIsRefusedWithTheReason(string good, string bad, string reason)
    {
        Assert.Contains(good, Good());
        var (model, error) = RegistryFile.Of("r.json", Good().Replace(good, bad, StringComparison.Ordinal));
        Assert.Null(model);
        Assert.StartsWith("r.json: not a ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error);
    }

    [Theory]
    [InlineData("include/linux/btf.h", "(1 << 2)", "(1 << )")]
    [InlineData("include/linux/btf.h", "(1 << 2)", "(1 << 99999999999)")]
    [InlineData("kernel/bpf/btf.c", "case BPF_PROG_TYPE_XDP:", "case BPF_PROG_TYPE_XDP: case BPF_PROG_TYPE_XDP: case:")]
    [InlineData("net/bpf/helper.c", "&toy_ids[0]", "")]
    [InlineData("net/bpf/helper.c", "BTF_ID_LIST_SINGLE(toy_ids, struct, toy)", "BTF_ID_LIST_SINGLE(toy_ids, struct, toy)\nBTF_ID_LIST_SINGLE(toy_ids, struct, toy)")]
    [InlineData("net/bpf/helper.c", "offsetof(struct bpf_iter__toy, toy)", "offsetof()")]
    [InlineData("net/bpf/helper.c", "offsetof(struct bpf_iter__toy, toy),", "offsetof")]
    [InlineData("net/bpf/helper.c", "__bpf_md_ptr(struct toy *, toy)", "__bpf_md_ptr(struct toy *,)")]
    [InlineData("include/uapi/linux/bpf.h", "FN(toy_peek", "FN(), FN(toy_peek")]
    [InlineData("kernel/bpf/verifier.c", "BTF_TYPE_SAFE_RCU(struct toy) {\n\tconst struct toy *next;\n\tstruct toy __rcu *owner;\n};", "BTF_TYPE_SAFE_RCU(struct toy {")]
    [InlineData("include/linux/bpf_types.h", "BPF_PROG_TYPE(BPF_PROG_TYPE_XDP", "BPF_PROG_TYPE(XDP")]
    [InlineData("include/linux/bpf_types.h", "BPF_PROG_TYPE(BPF_PROG_TYPE_XDP", "BPF_PROG_TYPE(")]
    [InlineData("net/bpf/helper.c", "BTF_ID_LIST_SINGLE(toy_ids, struct, toy)", "BTF_ID_LIST_SINGLE(toy_ids, , toy)")]
    [InlineData("drivers/toy/toy.h", "struct toy {", "struct toy { struct toy itself;")]
    [InlineData("net/bpf/ops.c", "TOY_START = 1 << 0,", "TOY_START = TOY_START,")]
    [InlineData("drivers/toy/toy.h", "struct toy {", "#define MANY (MANY)\nstruct toy { char name[MANY];")]
    [InlineData("tools/lib/bpf/libbpf.c", "SEC_DEF(\"xdp\",\t\tXDP,", "SEC_DEF(\"xdp\",,")]
    [InlineData("drivers/toy/Kconfig", "config TOY_TRAIN", "config ")]
    [InlineData("net/bpf/ops.c", "\tif (!btf_id_set8_contains(&odd_ids, kfunc_id))\n\t\treturn 0;\n\treturn toy_is_open() ? 0 : -EACCES;", "\tswitch (kfunc_id) { case 0 }")]
    public void ATreeUnderWorkIsReadAsFarAsItIsWhole(string file, string good, string bad)
    {
        using var scratch = new Scratch();
        foreach (var path in Directory.EnumerateFiles(Tree, "*", SearchOption.AllDirectories)) scratch.Write(Path.GetRelativePath(Tree, path), File.ReadAllText(path));
        var text = File.ReadAllText(scratch.PathOf(file));
        Assert.Contains(good, text);
        scratch.Write(file, text.Replace(good, bad, StringComparison.Ordinal));
        var (facts, issues) = TreeExtractor.Extract(scratch.Directory);
        Assert.True(facts is null ? !issues.IsEmpty : !facts.Kfuncs.IsEmpty);
    }

    private static string Tree => Repository.PathOf("tests", "fixtures", "trees", "forms");

    private static string Good() => File.ReadAllText(Repository.PathOf("tests", "fixtures", "trees", "forms.json"));
}
