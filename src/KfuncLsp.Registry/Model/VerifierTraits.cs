namespace KfuncLsp.Registry;

/// <summary>How this kernel's verifier behaves where kernels differ. Made from <c>Facts/traits.json</c>, never from a comparison of versions elsewhere.</summary>
public sealed record VerifierTraits
{
    /// <summary>Object arguments are trusted unless said otherwise (7.x); else <c>KF_TRUSTED_ARGS</c> asks for it.</summary>
    public bool TrustedArgsByDefault { get; init; }

    /// <summary>Pointers carry trust at all; in 6.1 only references count.</summary>
    public bool HasTrustedPointers { get; init; }

    /// <summary>Results of kfuncs that do not acquire are trusted.</summary>
    public bool TrustedKfuncResults { get; init; }

    /// <summary><c>bpf_rcu_read_lock</c> nests.</summary>
    public bool RcuLockNests { get; init; }

    /// <summary>A region without preemption or interrupts, or under a lock, counts as an RCU critical section.</summary>
    public bool AtomicRegionsAreRcu { get; init; }

    /// <summary>Global subprograms may be called with preemption disabled.</summary>
    public bool GlobalCallsInPreemptRegion { get; init; }

    /// <summary>Global subprograms are verified only when reached (6.12, 7.x); 6.1 verifies each.</summary>
    public bool LazyGlobalSubprograms { get; init; }

    /// <summary>Static subprograms may be called with a lock held.</summary>
    public bool StaticCallsUnderLock { get; init; }

    /// <summary>Sleepable kfuncs are checked before arguments; in 6.1 after.</summary>
    public bool SleepableCheckedFirst { get; init; }

    /// <summary>References of a callback are accounted for by themselves (6.1, 6.12).</summary>
    public bool CallbackReferencesApart { get; init; }

    /// <summary>A timer callback keeps its program's sleepable state (6.12); else it never sleeps.</summary>
    public bool TimerCallbackInheritsSleepable { get; init; }

    /// <summary><c>KF_RCU_PROTECTED</c> is asked of every call, not only of iterator constructors; what such a call returns is an RCU pointer.</summary>
    public bool RcuProtectedOnAllCalls { get; init; }

    /// <summary><c>__kptr</c> is a referenced kptr; in 6.1 it is an unreferenced one and <c>kptr_ref</c> the referenced one.</summary>
    public bool KptrTagIsReferenced { get; init; }

    /// <summary>Program arguments named in messages: <c>R1</c> (7.x) or <c>arg#0</c>.</summary>
    public bool ArgumentsAreRegisters { get; init; }

    /// <summary>The released argument is always the first (7.x).</summary>
    public bool ReleaseIsFirstArgument { get; init; }

    /// <summary>A leak at exit adds the line "… would lead to reference leak".</summary>
    public bool LeakNamesExit { get; init; }

    /// <summary>The element of an array map under a small constant key is known to be there.</summary>
    public bool KnowsConstantKeys { get; init; }

    /// <summary>A dynptr that owns memory may be overwritten while a clone of it lives.</summary>
    public bool ClonedDynptrsMayBeOverwritten { get; init; }

    /// <summary>The bounds of a quotient and a rest are known.</summary>
    public bool DivisionHasBounds { get; init; }

    /// <summary>The reference that R0 holds where a struct_ops program ends is no leak: it is the kernel's again.</summary>
    public bool StructOpsReturnsReferences { get; init; }

    /// <summary>An iterator or interrupt flag is refused where it would lie above the frame; older kernels take the slot below for it.</summary>
    public bool ChecksPlaceOfStackObjects { get; init; }

    /// <summary>There are sessions of kprobes, and their programs return 0 or 1.</summary>
    public bool KprobeSessionsAnswer { get; init; }

    /// <summary>There are sessions of uprobes, and their programs return 0 or 1.</summary>
    public bool UprobeSessionsAnswer { get; init; }

    /// <summary><c>bpf_refcount_acquire</c> gives NULL only of what is borrowed from a list or tree; else only of what is not owned.</summary>
    public bool RefcountAcquireTrustsAnyObject { get; init; }

    /// <summary>The call of a global function that may throw ends a path, too.</summary>
    public bool GlobalThrowsEndPaths { get; init; }

    /// <summary>A callback that runs during a call is followed from one round to the next; older kernels follow one round.</summary>
    public bool CallbacksRunAgain { get; init; }

    /// <summary>Only a syscall program's context is lent as memory, also from its middle; older kernels lend of others what cannot be read, nothing that is.</summary>
    public bool LendsSyscallContextOnly { get; init; }

    /// <summary>A bit field inside a byte, beside a member that the kernel looks after, makes it refuse all types of an object.</summary>
    public bool RefusesSplitBytes { get; init; }

    /// <summary>Programs at tracepoints may sleep, where the tracepoint may.</summary>
    public bool TracepointsMaySleep { get; init; }

    /// <summary><c>bpf_refcount_acquire</c> takes an object by its start, not by a member.</summary>
    public bool RefcountAcquireWantsStart { get; init; }

    /// <summary><c>bpf_set_retval</c> takes 0 or an error only.</summary>
    public bool SetRetvalHasRange { get; init; }

    /// <summary><c>bpf_rbtree_remove</c> takes a node that the program owns, too: it may be in the tree all the same.</summary>
    public bool TreesGiveUpOwnedNodes { get; init; }

    /// <summary>An object from <c>bpf_obj_new</c> that was reached in an RCU section stays such an object once the section has ended; else it is none any longer.</summary>
    public bool UntrustedObjectsAreOurs { get; init; }

    /// <summary>Whether the kernel's BTF has type tags (<c>__rcu</c>, <c>__percpu</c>, <c>__user</c>); null where not known.</summary>
    public bool? BtfHasTypeTags { get; init; }

    /// <summary>The helper names allowed under <c>bpf_spin_lock</c>.</summary>
    public required IReadOnlySet<string> HelpersUnderLock { get; init; }

    /// <summary>Kfuncs allowed under <c>bpf_spin_lock</c> where no flag says so (6.12).</summary>
    public required IReadOnlySet<string> KfuncsUnderLock { get; init; }
}
