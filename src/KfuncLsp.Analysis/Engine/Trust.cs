using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What the verifier believes of a pointer.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, is_trusted_reg, is_rcu_reg, in_rcu_cs.</remarks>
internal static class Trust
{
    private const TypeFlags Trusted = TypeFlags.PtrTrusted | TypeFlags.MemAlloc | TypeFlags.NonOwnRef;
    private const TypeFlags Ours = TypeFlags.TrustUnknown | TypeFlags.MayBeRcu | TypeFlags.StructUnknown;

    public static bool IsTrusted(RegState value)
    {
        if (value.RefObjId != 0) return true;
        if (value.IsSocket || value.Type == RegType.ConstPtrToMap) return !HasUnsafeModifiers(value);
        return value.Is(Trusted) && !HasUnsafeModifiers(value);
    }

    public static bool HasUnsafeModifiers(RegState value) => (value.Flags & ~(Trusted | Ours)) != 0;

    public static bool IsRcu(RegState value) => value.Is(TypeFlags.MemRcu);

    /// <summary>Whether an RCU read-side critical section surely holds here.</summary>
    public static bool InRcuSection(Site site)
    {
        var state = site.State;
        if (state.RcuLocks > 0 || !state.IsSleepable || state.HeldLock() is not null) return true;
        return site.Traits.AtomicRegionsAreRcu && (state.PreemptLocks > 0 || state.HoldsIrq);
    }

    /// <summary>Whether a sleepable function may be called here, as far as regions go.</summary>
    public static string? AtomicRegion(VerifierState state) =>
        state.RcuLocks > 0 ? "rcu_read_lock region"
        : state.PreemptLocks > 0 ? "non-preemptible region"
        : state.HoldsIrq ? "IRQ-disabled region"
        : state.HeldLock() is not null ? "lock region"
        : null;
}
