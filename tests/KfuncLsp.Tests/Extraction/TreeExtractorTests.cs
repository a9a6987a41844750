using KfuncLsp.Extraction;
using KfuncLsp.Extraction.Json;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Extraction;

/// <summary>Every form in which a kernel may write its kfuncs down, on a tiny tree of our own.</summary>
public sealed class TreeExtractorTests
{
    private static readonly RegistryFacts Forms = TreeExtractor.Extract(Tree("forms")).Facts!;

    [Fact]
    public void TheSameTreeGivesTheSameBytes()
    {
        var json = FactsJson.Write(TreeExtractor.Extract(Tree("forms")).Facts!);
        var golden = Repository.PathOf("tests", "fixtures", "trees", "forms.json");
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECT") == "1") File.WriteAllText(golden, json);
        Assert.Equal(File.ReadAllText(golden), json);
        Assert.Equal(json, FactsJson.Write(FactsJson.Read(json).Facts!));
    }

    [Theory]
    [InlineData("bpf_toy_get", "COMMON: KF_ACQUIRE KF_RET_NULL")]
    [InlineData("bpf_toy_put", "COMMON: KF_RELEASE")]
    [InlineData("bpf_toy_read", "TRACING: KF_SLEEPABLE, XDP: KF_SLEEPABLE")]
    [InlineData("bpf_toy_and", "STRUCT_OPS: KF_RCU, XDP: KF_RCU")]
    [InlineData("bpf_toy_or", "STRUCT_OPS: KF_RCU, XDP: KF_RCU")]
    [InlineData("bpf_toy_lsm", "TRACING: KF_IMPLICIT_ARGS")]
    public void RegistrationsAreFollowed(string kfunc, string hooks) =>
        Assert.Equal(hooks, string.Join(", ", Kfunc(kfunc).Hooks.Select(h => $"{h.Hook}: {string.Join(' ', h.Flags)}")));

    [Theory]
    [InlineData("bpf_toy_lid", "CONFIG_TOY_LID && !CONFIG_TOY_SHUT", false)]
    [InlineData("bpf_toy_read", "CONFIG_TOYS CONFIG_TOY_TRAIN CONFIG_TOY_KFUNCS", true)]
    public void OptionsComeFromGuardsAndMakefiles(string kfunc, string config, bool module) =>
        Assert.Equal((config, module), (string.Join(' ', Kfunc(kfunc).Config), Kfunc(kfunc).Module));

    [Fact]
    public void AMacroMadeFunctionHasItsPrototype() =>
        Assert.Equal("bool (a: struct toy *, b: const struct toy *)", Prototype("bpf_toy_or"));

    [Fact]
    public void ParametersOfTheVerifierAreMarked() =>
        Assert.Equal([false, true], Kfunc("bpf_toy_lsm").Prototype!.Parameters.Select(p => p.Implicit));

    [Fact]
    public void WordingAgainstUseIsAFact()
    {
        Assert.Equal("6.101", Kfunc("bpf_toy_put").Deprecated?.Until);
        Assert.Null(Kfunc("bpf_toy_get").Deprecated);
        Assert.True(Kfunc("bpf_toy_get").KernelDoc);
    }

    [Fact]
    public void AFilterOnAMemberIsReducedByRunningIt()
    {
        var filter = Assert.Single(Kfunc("bpf_toy_only_start").Filters);
        Assert.Equal(["STRUCT_OPS"], filter.ProgramTypes);
        Assert.Equal(["toy_ops.start"], filter.StructOpsMembers);
        Assert.False(filter.Inexact);
    }

    [Fact]
    public void AFilterOnATypeIsReducedByRunningIt() =>
        Assert.Equal("LSM", Assert.Single(Assert.Single(Kfunc("bpf_toy_lsm").Filters).ProgramTypes));

    [Fact]
    public void AFilterThatAsksTheUnknowableIsInexact() => Assert.True(Assert.Single(Kfunc("bpf_toy_odd").Filters).Inexact);

    [Fact]
    public void FmodRetSetsAreKeptApart() => Assert.Equal("bpf_toy_odd", Assert.Single(Forms.FmodRet).Name);

    [Fact]
    public void StructOpsHaveTheirStubsAndSleepers()
    {
        var ops = Assert.Single(Forms.StructOps);
        Assert.Equal(["stop"], ops.Sleepable);
        Assert.Equal("other__nullable", ops.Members.Single(m => m.Member == "stop").Parameters[1].Name);
    }

    [Fact]
    public void AStructOfScalarsHasItsSize()
    {
        var opts = Forms.Structs.Single(s => s.Name == "toy_opts");
        Assert.Equal((true, 16), (opts.ScalarOnly, opts.Size));
    }

    [Fact]
    public void AHelperHasItsPrototype()
    {
        var helper = Assert.Single(Forms.Helpers);
        Assert.Equal((7, "bpf_toy_peek", "RET_PTR_TO_BTF_ID_OR_NULL", true, true), (helper.Id, helper.Name, helper.Returns, helper.GplOnly, helper.MightSleep));
        Assert.Equal(["ARG_PTR_TO_CTX", "ARG_PTR_TO_MEM | MEM_RDONLY"], helper.Arguments);
        Assert.Equal(new HelperBtfFact(-1, "toy"), Assert.Single(helper.Btf));
    }

    [Fact]
    public void TablesOfTheVerifierAreRead()
    {
        Assert.Equal(["toy.next RCU", "toy.owner RCU", "toy_box.lid TRUSTED_OR_NULL"], Forms.SafeFields.Select(f => $"{f.Struct}.{f.Field} {f.List}"));
        Assert.Equal(["", "NULL", "ERR_PTR"], Assert.Single(Forms.Tracepoints).Arguments);
        Assert.Equal(["file_open", "toy_open"], Assert.Single(Forms.LsmHookSets).Names.Select(n => n.Name));
        Assert.Equal("toy", Assert.Single(Forms.RcuProtectedTypes).Name);
        Assert.Equal(("toy", "bpf_toy_put_dtor"), (Assert.Single(Forms.Destructors).Struct, Forms.Destructors[0].Function));
        Assert.Equal(("toy", "struct toy *"), (Assert.Single(Forms.Iterators).Target, Forms.Iterators[0].Fields[0].Type));
        Assert.Equal(["xdp XDP XDP", "lsm.s+ LSM LSM_MAC", "kprobe+ KPROBE "], Forms.Sections.Select(s => $"{s.Section} {s.ProgramType} {s.AttachType}"));
    }

    [Theory]
    [InlineData("no-such-tree", "no such directory")]
    [InlineData("forms/kernel", "not a kernel source tree")]
    [InlineData("no-hooks", "no bpf_prog_type_to_kfunc_hook")]
    public void ABrokenTreeGivesNoFacts(string tree, string reason)
    {
        var (facts, issues) = TreeExtractor.Extract(Tree(tree));
        Assert.Null(facts);
        Assert.Contains(issues, i => i.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatCannotBeFollowedIsReported()
    {
        var (facts, issues) = TreeExtractor.Extract(Tree("unresolved"));
        Assert.Equal("bpf_toy_nowhere", Assert.Single(facts!.Kfuncs).Name);
        Assert.Contains(issues, i => i.Contains("a registration that could not be followed", StringComparison.Ordinal));
        Assert.Contains(issues, i => i.Contains("no btf_kfunc_id_set named no_such_set", StringComparison.Ordinal));
        Assert.Contains(issues, i => i.Contains("bpf_toy_nowhere: no definition found", StringComparison.Ordinal));
    }

    private static string Tree(string name) => Repository.PathOf("tests", "fixtures", "trees", name);

    private static KfuncFact Kfunc(string name) => Forms.Kfuncs.Single(k => k.Name == name);

    private static string Prototype(string name) =>
        $"{Kfunc(name).Prototype!.Returns} ({string.Join(", ", Kfunc(name).Prototype!.Parameters.Select(p => $"{p.Name}: {p.Type}"))})";
}
