namespace KfuncLsp.Analysis.State;

/// <summary>What must be given back: the kernel's <c>enum ref_state_type</c>.</summary>
internal enum ReferenceKind : byte { Pointer, Dynptr, Iterator, Irq, Lock, ResLock, ResLockIrq }

/// <summary>Something acquired and not yet given back: the kernel's <c>struct bpf_reference_state</c>.</summary>
/// <remarks>Source: include/linux/bpf_verifier.h.</remarks>
internal sealed record ReferenceState(int Id, ReferenceKind Kind, string AcquiredBy, Location AcquiredAt)
{
    /// <summary>The variable that got it, in the program's words; empty where there is none.</summary>
    public string Variable { get; init; } = "";

    /// <summary>The struct of the object.</summary>
    public string Struct { get; init; } = "";

    /// <summary>Whether it may have been released, or kept, where we could not see it; then it is never called a leak.</summary>
    public bool IsEscaped { get; init; }

    /// <summary>The depth of the callback that it belongs to, or 0.</summary>
    public int CallbackDepth { get; init; }

    /// <summary>The last step of the path before it was acquired.</summary>
    public int TraceOrder { get; init; }

    /// <summary>For locks: which map value or object, and where in it.</summary>
    public string LockOf { get; init; } = "";
    public int LockId { get; init; }
    public long LockOffset { get; init; }

    public bool IsLock => Kind is ReferenceKind.Lock or ReferenceKind.ResLock or ReferenceKind.ResLockIrq;
}
