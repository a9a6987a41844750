using KfuncLsp.Registry;
using Xunit;

namespace KfuncLsp.Tests.Registry;

/// <summary>Totals and spot facts of the shipped models, each checked against the kernel by hand once.</summary>
public sealed class ShippedModelTests
{
    [Theory]
    [InlineData("6.1", "6.1.192", 67, 1)]
    [InlineData("6.12", "6.12.117", 204, 56)]
    [InlineData("6.18", "6.18.15", 277, 56)]
    [InlineData("7.2", "7.2.12", 337, 79)]
    [InlineData("7.3", "7.3.4", 352, 89)]
    public void EveryKfuncIsThere(string series, string release, int kfuncs, int inTestModules)
    {
        var model = Model(series);
        Assert.Equal(release, model.Release);
        var inModules = model.Kfuncs.Values.Count(k => k.Source.StartsWith("tools/testing/", StringComparison.Ordinal));
        Assert.Equal((kfuncs, inTestModules), (model.Kfuncs.Count - inModules, inModules));
    }

    [Fact]
    public void AnAcquiringKfuncHasItsFlagsOnEveryHook()
    {
        var acquire = Model("6.12").Kfuncs["bpf_task_acquire"];
        Assert.Equal(KfuncFlags.Acquire | KfuncFlags.Rcu | KfuncFlags.RetNull, acquire.Flags);
        Assert.Equal([KfuncHook.Xdp, KfuncHook.Tc, KfuncHook.StructOps, KfuncHook.Tracing, KfuncHook.Syscall, KfuncHook.Cgroup], acquire.Hooks.Keys.Order());
        Assert.All(acquire.Hooks.Values, f => Assert.Equal(acquire.Flags, f));
        Assert.Equal("struct task_struct *", acquire.Return.Type.Text);
        Assert.Equal(("p", KfuncArgClass.BtfObject, "task_struct"), (acquire.Parameters[0].Name, acquire.Parameters[0].Class, acquire.Parameters[0].PointeeStruct));
    }

    [Theory]
    [InlineData("7.3", "bpf_kfunc_implicit_arg_legacy_impl", "Scalar,Scalar,Ignored")]
    [InlineData("6.12", "bpf_dynptr_from_skb", "Context,Scalar,Dynptr")]
    [InlineData("6.12", "bpf_dynptr_slice", "Dynptr,Scalar,MemWithSize,ConstMemSize")]
    [InlineData("6.12", "bpf_iter_task_new", "Iterator,BtfObject,Scalar")]
    [InlineData("6.12", "bpf_rbtree_add_impl", "RbRoot,RbNode,Callback,Ignored,Scalar")]
    [InlineData("6.12", "bpf_obj_drop_impl", "AllocObject,Ignored")]
    [InlineData("6.12", "bpf_wq_init", "Workqueue,Map,Scalar")]
    [InlineData("6.12", "bpf_wq_set_callback_impl", "Workqueue,Callback,Scalar,Ignored")]
    [InlineData("6.12", "bpf_get_file_xattr", "BtfObject,ConstString,Dynptr")]
    [InlineData("6.12", "bpf_xdp_ct_lookup", "Context,MemWithSize,MemSize,MemWithSize,MemSize")]
    [InlineData("6.12", "bpf_obj_new_impl", "ConstScalar,Ignored")]
    [InlineData("6.1", "bpf_skb_ct_lookup", "Context,MemWithSize,MemSize,MemWithSize,MemSize")]
    [InlineData("7.3", "bpf_wq_set_callback", "Workqueue,Callback,Scalar")]
    [InlineData("7.3", "bpf_list_del", "ListHead,ListNode")]
    [InlineData("7.3", "bpf_res_spin_lock_irqsave", "ResSpinLock,IrqFlag")]
    [InlineData("7.3", "bpf_kfree_skb", "Context")]
    [InlineData("7.2", "bpf_wq_init", "Workqueue,Map,Scalar")]
    [InlineData("7.3", "bpf_wq_init", "Workqueue,ConstMap,Scalar")]
    public void ParametersHaveTheirClasses(string series, string kfunc, string classes) =>
        Assert.Equal(classes, string.Join(',', Model(series).Kfuncs[kfunc].Parameters.Select(p => p.Class)));

    [Fact]
    public void HiddenParametersAreNoParameters()
    {
        var kfunc = Model("7.3").Kfuncs["bpf_wq_set_callback"];
        Assert.Equal("aux", Assert.Single(kfunc.ImplicitParameters).Name);
    }

    [Theory]
    [InlineData("6.1", "bpf_rcu_read_lock", null)]
    [InlineData("6.12", "bpf_rcu_read_lock", "6.2")]
    [InlineData("7.3", "bpf_task_from_vpid", "6.13")]
    public void KfuncsAreDated(string series, string name, string? since) =>
        Assert.Equal(since, Model(series).FindKfunc(name)?.Since?.ToString());

    /// <summary>A first sight dates a kfunc only where the release right before was looked at too.</summary>
    [Theory]
    [InlineData("bpf_icmp_send", "7.3")]
    [InlineData("bpf_strnlen", null)]
    public void WhatNoSourceDatesIsDatedByTheModelsAroundIt(string name, string? since) =>
        Assert.Equal(since, Model("7.3").FindKfunc(name)?.Since?.ToString());

    [Theory]
    [InlineData("6.13", "6.12", true)]
    [InlineData("7.0", "6.19", true)]
    [InlineData("7.2", "6.12", false)]
    [InlineData("7.0", "6.12", false)]
    [InlineData("6.12", "6.12", false)]
    public void AReleaseFollowsTheOneBefore(string later, string earlier, bool follows) =>
        Assert.Equal(follows, KernelVersion.Parse(later)!.Value.Follows(KernelVersion.Parse(earlier)!.Value));

    [Theory]
    [InlineData("7.3", "bpf_xdp_ct_lookup", ProgramType.Xdp, KfuncReach.Free)]
    [InlineData("7.3", "bpf_xdp_ct_lookup", ProgramType.SocketFilter, KfuncReach.None)]
    [InlineData("7.3", "scx_bpf_dsq_insert", ProgramType.StructOps, KfuncReach.Filtered)]
    [InlineData("7.3", "bpf_cast_to_kern_ctx", ProgramType.Netfilter, KfuncReach.Free)]
    [InlineData("6.12", "bpf_task_acquire", ProgramType.RawTracepoint, KfuncReach.None)]
    [InlineData("7.3", "bpf_task_acquire", ProgramType.RawTracepoint, KfuncReach.Free)]
    public void AKfuncReachesProgramTypes(string series, string name, ProgramType type, KfuncReach reach) =>
        Assert.Equal(reach, Model(series).ReachOf(Model(series).Kfuncs[name], type));

    [Fact]
    public void ARenamedKfuncNamesItsSuccessor()
    {
        var advice = Model("6.12").Kfuncs["scx_bpf_dispatch"].Deprecated;
        Assert.Equal("scx_bpf_dsq_insert", advice?.Replacement);
        Assert.Null(Model("7.3").FindKfunc("scx_bpf_dispatch"));
    }

    [Fact]
    public void ProgramTypesHaveTheirHooks()
    {
        Assert.False(Model("6.1").HasCommonHook);
        Assert.Equal(KfuncHook.Tracing, Model("6.12").HookOf(ProgramType.Lsm));
        Assert.Null(Model("6.12").HookOf(ProgramType.RawTracepoint));
        Assert.Equal(KfuncHook.Tracing, Model("7.3").HookOf(ProgramType.RawTracepoint));
    }

    [Theory]
    [InlineData("tp_btf/task_newtask", ProgramType.Tracing, "TRACE_RAW_TP", false, "task_newtask")]
    [InlineData("?lsm.s/file_open", ProgramType.Lsm, "LSM_MAC", true, "file_open")]
    [InlineData("struct_ops.s/init", ProgramType.StructOps, "", true, "init")]
    [InlineData("syscall", ProgramType.Syscall, "", true, "")]
    [InlineData("tcx/ingress", ProgramType.SchedCls, "TCX_INGRESS", false, "")]
    public void SectionsAreLibbpfs(string section, ProgramType type, string attach, bool sleepable, string target) =>
        Assert.Equal(new ProgramKind(type, attach, sleepable, target), Model("6.12").Sections.Match(section));

    [Fact]
    public void MessagesAreOfTheirKernel()
    {
        Assert.Equal("calling kernel function bpf_x is not allowed", Model("6.12").Messages.Format("kfunc-not-allowed", null, "bpf_x"));
        Assert.Contains("nested rcu read lock", string.Concat(Model("6.12").Messages.Conditions.SelectMany(c => Model("6.12").Messages.Formats(c))));
        Assert.DoesNotContain("nested rcu read lock", string.Concat(Model("7.3").Messages.Conditions.SelectMany(c => Model("7.3").Messages.Formats(c))));
    }

    private static KernelModel Model(string series) => KernelModels.For(KernelVersion.Parse(series)!.Value)!;
}
