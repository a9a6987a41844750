using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Built;
using KfuncLsp.Registry.Words;
using Xunit;

namespace KfuncLsp.Tests.Registry.Built;

/// <summary>What a kernel's own BTF adds to the model of its release.</summary>
public sealed class BuiltModelsTests
{
    private static readonly KernelModel s_model = KernelModels.For(new(6, 12))!;

    [Fact]
    public void WhatIsNotAmongTheFunctionsIsNotThere()
    {
        var built = On(SampleKernel.Btf()).Built!;
        Assert.True(built.Has("bpf_task_from_pid"));
        Assert.True(built.Lacks("bpf_task_acquire"));
        Assert.False(built.Lacks("bpf_task_from_pid"));
    }

    [Fact]
    public void HoverSaysWhatIsNotThereAndWhichOptionBringsIt()
    {
        var model = BuiltModels.On(s_model, new("6.12.7-tiny", SampleKernel.Btf(), []) { Config = KernelConfig.Parse("CONFIG_BPF=y\n") });
        Assert.Equal("Not in this kernel (6.12.7-tiny): it needs CONFIG_BPF_SYSCALL.", KfuncPage.Of(model.FindKfunc("bpf_task_acquire")!, model, [model]).NotInThisKernel);
        Assert.Null(KfuncPage.Of(model.FindKfunc("bpf_task_from_pid")!, model, [model]).NotInThisKernel);
        Assert.Null(KfuncPage.Of(s_model.FindKfunc("bpf_task_acquire")!, s_model, [s_model]).NotInThisKernel);
    }

    [Fact]
    public void WhatAModuleMayBringIsNeitherThereNorLacking()
    {
        var built = On(SampleKernel.Btf()).Built!;
        Assert.All(s_model.Kfuncs.Values.Where(k => k.MayBeInModule || k.IsTest), k => Assert.False(built.Lacks(k.Name) || built.Has(k.Name), k.Name));
        Assert.Contains(s_model.Kfuncs.Values, k => k.MayBeInModule && !k.IsTest);
    }

    [Fact]
    public void ALoadedModulesFunctionsAreThere()
    {
        var name = s_model.Kfuncs.Values.First(k => k.MayBeInModule && !k.IsTest).Name;
        var kernel = SampleKernel.Btf();
        var module = new BtfBuilder(9, (uint)System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(SampleKernel.Vmlinux().AsSpan(20)));
        module.Add(module.Name(name), 12, 0, 6);
        var built = BuiltModels.On(s_model, new("6.12.7", kernel, [KernelBtf.Read(module.ToBytes(), kernel).Btf!])).Built!;
        Assert.True(built.Has(name));
    }

    [Fact]
    public void TheOptionsThatAreOffAreNamed()
    {
        var kfunc = s_model.FindKfunc("bpf_task_acquire")!;
        Assert.Equal("CONFIG_BPF_SYSCALL", (On(SampleKernel.Btf()).Built! with { Config = KernelConfig.Parse("CONFIG_BPF=y\n") }).WhatItNeeds(kfunc));
        Assert.Equal("CONFIG_BPF and CONFIG_BPF_SYSCALL", On(SampleKernel.Btf()).Built!.WhatItNeeds(kfunc));
    }

    [Fact]
    public void APrototypeIsThatOfTheKernelAndFlagsStay()
    {
        var model = On(SampleKernel.Btf(btf =>
        {
            var proto = btf.Add(0, 13, 2, 4, btf.Name("p"), 4, btf.Name("flags__k"), 1);
            btf.Add(btf.Name("bpf_task_acquire"), 12, 0, (uint)proto);
        }));
        var acquire = model.FindKfunc("bpf_task_acquire")!;
        Assert.Equal([KfuncArgClass.BtfObject, KfuncArgClass.ConstScalar], acquire.Parameters.Select(p => p.Class));
        Assert.Equal(s_model.FindKfunc("bpf_task_acquire")!.Hooks, acquire.Hooks);
        Assert.Same(s_model.FindKfunc("bpf_task_from_pid"), model.FindKfunc("bpf_task_from_pid"));
    }

    [Fact]
    public void AKfuncThatTheReleaseDoesNotHaveIsNamedAndNoVerdictGoesByIt()
    {
        var model = On(SampleKernel.Btf(btf => btf.Add(btf.Name("bpf_kfunc"), 17, 0, (uint)btf.Add(btf.Name("bpf_vendor_get"), 12, 0, 5), uint.MaxValue)));
        Assert.Null(model.FindKfunc("bpf_vendor_get"));
        Assert.Equal("struct task_struct *", model.Unflagged["bpf_vendor_get"].Return.Type.Text);
        Assert.True(model.Built!.Has("bpf_vendor_get"));
        Assert.Contains("not known", Assert.Single(KfuncPage.Of(model.Unflagged["bpf_vendor_get"], model, [model]).Flags), StringComparison.Ordinal);
    }

    [Fact]
    public void TheHashTellsOneBuildFromAnother()
    {
        var plain = On(SampleKernel.Btf());
        Assert.NotEqual(s_model.Hash, plain.Hash);
        Assert.Equal(plain.Hash, On(SampleKernel.Btf()).Hash);
        Assert.NotEqual(plain.Hash, On(SampleKernel.Btf(btf => btf.Add(btf.Name("bpf_task_acquire"), 12, 0, 5))).Hash);
    }

    [Fact]
    public void AModulesKfuncsHaveTheFlagsOfItsFile()
    {
        var model = BuiltModels.With(s_model, Module(SampleKernel.Module()));
        var get = model.FindKfunc("bpf_gadget_new")!;
        Assert.Equal((KfuncFlags.Acquire | KfuncFlags.RetNull, "gadget"), (get.Flags, get.Return.Type.PointeeStruct));
        Assert.Equal(KfuncHook.Common, Assert.Single(get.Hooks.Keys));
        Assert.True(model.FindKfunc("bpf_gadget_free")!.Has(KfuncFlags.Release));
        Assert.NotEqual(s_model.Hash, model.Hash);
    }

    [Fact]
    public void WithoutFlagsOnlyTheirPrototypesAreKnown()
    {
        var model = BuiltModels.With(s_model, Module(SampleKernel.ModuleBtf()));
        Assert.Null(model.FindKfunc("bpf_gadget_new"));
        Assert.Equal(["bpf_gadget_free", "bpf_gadget_new"], model.Unflagged.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AFlagOfNoMeaningLeavesAKfuncWithoutFlags()
    {
        var model = BuiltModels.With(s_model, Module(SampleKernel.Module(flagsOfNew: 1 << 22)));
        Assert.Null(model.FindKfunc("bpf_gadget_new"));
        Assert.NotNull(model.FindKfunc("bpf_gadget_free"));
        Assert.Contains("bpf_gadget_new", model.Unflagged.Keys);
    }

    [Fact]
    public void OneThatBringsItsBaseNeedsNoKernel()
    {
        var bytes = ElfBuilder.Of((".BTF.base", SampleKernel.Vmlinux()), (".BTF", SampleKernel.ModuleBtf()), (".BTF_ids", SampleKernel.Ids(1, 1, 13, 5)));
        var (module, error) = ModuleFile.Read("m.ko", bytes, () => (null, "asked for"));
        Assert.Null(error);
        Assert.Equal("bpf_gadget_new", Assert.Single(module!.Sets).Names.Single());
    }

    /// <summary>Its BTF counts on from where that of its own kernel ends: on a smaller or larger one, its ids and names are others'.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void OneOfAnotherKernelIsRefused(int types)
    {
        var small = new BtfBuilder(1, 0);
        small.Name("");
        var other = KernelBtf.Read(types == 0 ? small.ToBytes() : SampleKernel.Vmlinux(btf => btf.Add(btf.Name("some_more"), 4, 0, 4))).Btf;
        foreach (var bytes in new[] { SampleKernel.Module(), ElfBuilder.Of((".modinfo", "vermagic=6.12.7-tiny SMP\0"u8.ToArray()), (".BTF", SampleKernel.ModuleBtf())) })
        {
            var (module, error) = ModuleFile.Read("m.ko", bytes, () => (other, null));
            Assert.Null(module);
            Assert.Equal("m.ko: does not stand on this kernel's BTF: it was built for 6.12.7-tiny", error);
        }
    }

    [Fact]
    public void NoPartOfADamagedModuleIsRead()
    {
        var whole = SampleKernel.Module();
        for (var length = 0; length < whole.Length; length++)
        {
            var (module, error) = ModuleFile.Read("m.ko", whole[..length], () => (SampleKernel.Btf(), null));
            Assert.True(module is null != error is null);
            if (module is not null) Assert.Fail($"read after {length} of {whole.Length} bytes");
        }
    }

    private static KernelModel On(KernelBtf btf) => BuiltModels.On(s_model, new("6.12.7-tiny", btf, []));

    private static ModuleFile Module(byte[] bytes)
    {
        var (module, error) = ModuleFile.Read("gadget.ko", bytes, () => (SampleKernel.Btf(), null));
        Assert.Null(error);
        return module!;
    }
}
