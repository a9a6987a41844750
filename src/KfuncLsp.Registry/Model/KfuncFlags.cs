namespace KfuncLsp.Registry;

/// <summary>The kernel's <c>KF_*</c> flags. The bits are ours; the kernel renumbers its own.</summary>
[Flags]
public enum KfuncFlags : uint
{
    None = 0,
    Acquire = 1 << 0,
    Release = 1 << 1,
    RetNull = 1 << 2,
    KptrGet = 1 << 3,
    TrustedArgs = 1 << 4,
    Sleepable = 1 << 5,
    Destructive = 1 << 6,
    Rcu = 1 << 7,
    IterNew = 1 << 8,
    IterNext = 1 << 9,
    IterDestroy = 1 << 10,
    RcuProtected = 1 << 11,
    Fastcall = 1 << 12,
    ArenaRet = 1 << 13,
    ArenaArg1 = 1 << 14,
    ArenaArg2 = 1 << 15,
    ImplicitArgs = 1 << 16,
    SpinlockSafe = 1 << 17,
    Perfmon = 1 << 18,
    Deprecated = 1 << 19,
}

/// <summary>The kernel's <c>BTF_KFUNC_HOOK_*</c> buckets.</summary>
public enum KfuncHook : byte
{
    Common, Xdp, Tc, StructOps, Tracing, Syscall, FmodRet, Cgroup, SchedAct, SkSkb, SocketFilter, Lwt, Netfilter, Kprobe,
}
