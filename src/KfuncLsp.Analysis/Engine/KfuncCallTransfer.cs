using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>A call of a kfunc: checks in the kernel's order, then effects.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_kfunc_call.</remarks>
internal static class KfuncCallTransfer
{
    public static bool Apply(PathExplorer explorer, Site site, Call call, KfuncSignature kfunc)
    {
        var state = site.State;
        var hook = site.Program.Kind is { } kind ? site.Model.HookOf(kind.Type) : null;
        var meta = new KfuncCall(call, kfunc, kfunc.FlagsOn(hook), ValueTransfer.Read(state, call.Arguments));

        for (var i = 0; i < meta.Arguments.Length; i++)
            if (i >= kfunc.Parameters.Length || kfunc.Parameters[i].Class is not (KfuncArgClass.Scalar or KfuncArgClass.Ignored) || kfunc.Name == "bpf_throw") Precision.Need(state, call.Arguments[i]);
        if (IsRefused(site, meta))
        {
            CallTransfer.Forget(site, call, isKnown: false);
            return true;
        }

        var lockFailed = meta.Name is "bpf_res_spin_lock" or "bpf_res_spin_lock_irqsave" ? state.Clone() : null;
        KfuncArguments.Check(site, meta);
        KF0708GraphInTracing.IsUnsafeDrop(site, meta);
        ChangeRegions(site, meta);
        if (!KF0402SleepableInCriticalSection.IsBroken(site, meta)) KF0306MissingRcuSection.IsBroken(site, meta);
        if (LockTransfer.ApplyKfunc(site, meta) && lockFailed is not null)
        {
            if (call.Result is { } failed) lockFailed.Top.Locals[failed] = RegState.Scalar(ScalarRange.Errors);
            explorer.Push(lockFailed);
            if (call.Result is { } locked) state.Top.Locals[locked] = RegState.Zero;
            return true;
        }

        if (meta.ReleasedArgument is { } released) Release(site, meta, meta.Arguments[released]);
        GraphTransfer.Insert(site, meta);
        PushCallbacks(explorer, site, meta);
        if (meta.Name == "bpf_throw")
        {
            ExitChecks.AtThrow(site, meta);
            return false;
        }

        if (meta.Has(KfuncFlags.IterNew)) IteratorTransfer.New(site, meta);
        if (meta.Has(KfuncFlags.IterDestroy)) IteratorTransfer.Destroy(site, meta);
        if (PacketChanges.ByKfunc(meta.Name)) DynptrTransfer.InvalidatePackets(state);
        if (meta.Has(KfuncFlags.IterNext))
        {
            IteratorTransfer.Next(explorer, site, meta);
            return true;
        }

        var result = KF0811WrongObjectType.IsBroken(site, meta) ? RegState.Unknown : KfuncResult.Of(site, meta);
        if (call.Result is { } local) state.Top.Locals[local] = result;
        return true;
    }

    /// <summary>The checks before any argument is looked at.</summary>
    private static bool IsRefused(Site site, KfuncCall meta) =>
        KF0403CallUnderLock.IsBroken(site, meta) || KF0701NotCallable.IsBroken(site, meta) || KF0706MissingCapability.IsBroken(site, meta)
        || (site.Traits.SleepableCheckedFirst && KF0401SleepableInNonSleepable.IsBroken(site, meta));

    private static void Release(Site site, KfuncCall meta, RegState value)
    {
        if (value.RefObjId == 0) return;
        KF0103UnownedRelease.IsCallers(site, meta, value);
        ReferenceTransfer.Release(site.State, value.RefObjId, meta.Kfunc.Name);
    }

    /// <summary>Callbacks are entered with the call's effects already there: they return to what follows it.</summary>
    private static void PushCallbacks(PathExplorer explorer, Site site, KfuncCall meta)
    {
        switch (meta.Name)
        {
            case "bpf_rbtree_add" when meta.Arguments.Length > 2:
                var node = GraphTransfer.NodeOf(site, meta) with { Flags = TypeFlags.MemAlloc | TypeFlags.NonOwnRef };
                SubprogramTransfer.PushCallback(explorer, site, meta.Call, meta.Arguments[2], [node, node], meta.Kfunc.Name);
                break;
            case "bpf_wq_set_callback" when meta.Arguments.Length > 1:
                SubprogramTransfer.PushAsyncCallback(explorer, site, meta.Call, meta.Arguments[1], isSleepable: true, HelperCallbacks.ElementArguments(site, meta.Arguments[0]), meta.Kfunc.Name);
                break;
            case "bpf_task_work_schedule_signal" or "bpf_task_work_schedule_resume":
                foreach (var argument in meta.Arguments)
                    if (argument.Type == RegType.PtrToFunc)
                        SubprogramTransfer.PushAsyncCallback(explorer, site, meta.Call, argument, isSleepable: true, [], meta.Kfunc.Name);
                break;
        }
    }

    private static void ChangeRegions(Site site, KfuncCall meta)
    {
        var state = site.State;
        switch (meta.Name)
        {
            case "bpf_rcu_read_lock":
                if (!KF0304NestedRcuLock.IsBroken(site, meta)) state.RcuLocks++;
                break;
            case "bpf_rcu_read_unlock":
                if (KF0303UnmatchedRcuUnlock.IsBroken(site, meta)) break;
                state.RcuLocks--;
                LeaveRcu(site, always: !site.Traits.RcuLockNests);
                break;
            case "bpf_preempt_disable":
                state.PreemptLocks++;
                break;
            case "bpf_preempt_enable":
                if (KF0404UnmatchedPreemptEnable.IsBroken(site, meta)) break;
                state.PreemptLocks--;
                if (site.Traits.AtomicRegionsAreRcu) LeaveRcu(site, always: false);
                break;
        }
    }

    /// <summary>RCU pointers are worth nothing once the section has ended.</summary>
    /// <remarks>Older kernels take them away at every unlock, newer ones only when nothing else keeps the section.</remarks>
    public static void LeaveRcu(Site site, bool always)
    {
        if (!always && Trust.InRcuSection(site)) return;
        var lost = TypeFlags.MemRcu | TypeFlags.PtrMaybeNull | (site.Traits.UntrustedObjectsAreOurs ? TypeFlags.None : TypeFlags.NonOwnRef);
        site.State.MapValues(v => v.Is(TypeFlags.MemRcu) ? v with { Flags = (v.Flags & ~lost) | TypeFlags.PtrUntrusted }
            : v.Is(TypeFlags.MayBeRcu) ? v with { Flags = v.Flags & ~TypeFlags.MayBeRcu | TypeFlags.TrustUnknown } : v);
        IteratorTransfer.LeaveRcu(site.State);
    }
}
