using KfuncLsp.Registry;
using KfuncLsp.Registry.History;
using Xunit;

namespace KfuncLsp.Tests.Registry.History;

/// <summary>What changed of a kfunc between kernels.</summary>
public sealed class KfuncHistoryTests
{
    private static readonly KfuncSignature Kfunc = KernelModels.For(new(6, 12))!.Kfuncs["bpf_task_acquire"];

    [Fact]
    public void NothingChangedIsNoChange() => Assert.Empty(KfuncComparison.Between(Kfunc, Kfunc));

    [Fact]
    public void WhatOnlyOneKernelHasCameOrWent()
    {
        var added = Assert.Single(KfuncComparison.Between(null, Kfunc));
        Assert.Equal((KfuncChangeKind.Added, "struct task_struct *bpf_task_acquire(struct task_struct *p)"), (added.Kind, added.After));
        var removed = Assert.Single(KfuncComparison.Between(Kfunc with { Deprecated = new("bpf_task_get", "renamed", "a.c:1@7.3") }, null));
        Assert.Equal((KfuncChangeKind.Removed, "bpf_task_get", "renamed", "a.c:1@7.3"), (removed.Kind, removed.Instead, removed.Reason, removed.Source));
    }

    [Fact]
    public void FlagsThatChangeOnAllHooksAreOneChange()
    {
        var later = Kfunc with { Hooks = Kfunc.Hooks.Keys.Aggregate(Kfunc.Hooks, (all, hook) => all.SetItem(hook, KfuncFlags.Acquire)) };
        var change = Assert.Single(KfuncComparison.Between(Kfunc, later));
        Assert.Equal((KfuncChangeKind.Flags, null, "KF_ACQUIRE | KF_RCU | KF_RET_NULL", "KF_ACQUIRE"), (change.Kind, change.Place, change.Before, change.After));
    }

    [Fact]
    public void FlagsThatChangeOnOneHookNameIt()
    {
        var change = Assert.Single(KfuncComparison.Between(Kfunc, Kfunc with { Hooks = Kfunc.Hooks.SetItem(KfuncHook.Xdp, KfuncFlags.None) }));
        Assert.Equal((KfuncHook.Xdp, "none"), (change.Place, change.After));
    }

    [Fact]
    public void HooksAndPrototypesAreTold()
    {
        var later = Kfunc with { Hooks = Kfunc.Hooks.Remove(KfuncHook.Xdp), Parameters = [] };
        Assert.Equal([KfuncChangeKind.Hooks, KfuncChangeKind.Prototype], KfuncComparison.Between(Kfunc, later).Select(c => c.Kind));
    }

    [Fact]
    public void TestsOfTheKernelAreLeftOut() => Assert.Empty(KfuncComparison.Between(Kfunc with { IsTest = true }, null));

    [Fact]
    public void ATimelineTellsEachKernel()
    {
        var gone = KfuncTimeline.Of("scx_bpf_dispatch", KernelModels.All);
        Assert.Equal([new KernelVersion(6, 12)], gone.In);
        Assert.Contains(new KernelVersion(7, 3), gone.NotIn);
        var removal = Assert.Single(gone.Steps[^1].Changes);
        Assert.Equal((KfuncChangeKind.Removed, "scx_bpf_dsq_insert"), (removal.Kind, removal.Instead));
        Assert.Equal(new(6, 2), KfuncTimeline.Of("bpf_task_acquire", KernelModels.All).Since);
    }
}
