using System.Collections.Immutable;

namespace KfuncLsp.Registry.Words;

/// <summary>The <c>KF_*</c> flags in words.</summary>
/// <remarks>Source: include/linux/btf.h, and what kernel/bpf/verifier.c does with each flag.</remarks>
public static class FlagWords
{
    /// <summary>What a flag means for a caller, in a few words.</summary>
    public static string Of(KfuncFlags flag) => flag switch
    {
        KfuncFlags.Acquire => "acquires: the result must be released",
        KfuncFlags.Release => "releases its argument",
        KfuncFlags.RetNull => "may return NULL",
        KfuncFlags.KptrGet => "takes a reference from a map slot",
        KfuncFlags.TrustedArgs => "pointer arguments must be trusted",
        KfuncFlags.Sleepable => "may sleep: only from sleepable programs, outside RCU, lock and preemption regions",
        KfuncFlags.Destructive => "destructive: the loader needs CAP_SYS_BOOT",
        KfuncFlags.Rcu => "pointer arguments must be trusted or protected by RCU",
        KfuncFlags.IterNew => "begins an iterator",
        KfuncFlags.IterNext => "steps an iterator",
        KfuncFlags.IterDestroy => "ends an iterator",
        KfuncFlags.RcuProtected => "only inside an RCU read section",
        KfuncFlags.Fastcall => "keeps the caller's registers",
        KfuncFlags.ArenaRet => "returns a pointer into the arena",
        KfuncFlags.ArenaArg1 => "its first argument points into the arena",
        KfuncFlags.ArenaArg2 => "its second argument points into the arena",
        KfuncFlags.ImplicitArgs => "the verifier adds hidden arguments",
        KfuncFlags.SpinlockSafe => "may be called with a `bpf_spin_lock` held",
        KfuncFlags.Perfmon => "the loader needs CAP_PERFMON",
        KfuncFlags.Deprecated => "deprecated",
        _ => flag.ToString(),
    };

    /// <summary>What a flag asks of programs, a paragraph each.</summary>
    public static ImmutableArray<string> Paragraphs(KfuncFlags flag) => flag switch
    {
        KfuncFlags.Acquire =>
        [
            "The verifier gives the result a reference. On every path to the program's end it must be given to a kfunc that releases that type, or exchanged into a map with `bpf_kptr_xchg`. A path that does neither is a leak, and the program is rejected.",
            "Where the result may also be NULL, the path on which a test found NULL owes nothing.",
        ],
        KfuncFlags.Release =>
        [
            "One argument must carry a reference that the program owns, unchanged: no offset, and not NULL. After the call that pointer, its copies and everything that was reached through it are unusable.",
            "Where a type is kept in maps, its release is often also the destructor that frees what a map still holds.",
        ],
        KfuncFlags.RetNull => ["Before the result is followed, passed on or calculated with, it must be compared with NULL. The comparison counts for all copies of the result."],
        KfuncFlags.KptrGet => ["The argument is a slot of a map value that holds a kptr; the result is a reference on what it holds, or NULL. Kernels after 6.3 read such slots under RCU instead, and the flag is gone."],
        KfuncFlags.TrustedArgs => ["A pointer to a kernel object must be one that the kernel vouches for: an argument of the program, an acquired reference, or a member that is known to stay. A pointer that was merely read out of memory is refused. Newer kernels hold every kfunc to this, and have no flag for it."],
        KfuncFlags.Sleepable => ["The program must be loaded as sleepable: a section that ends in `.s`, a syscall program, or a struct_ops member that may sleep. In it the call must stand outside RCU sections, locks, and stretches with preemption or interrupts off."],
        KfuncFlags.Destructive => ["It can take the system down by design, so loading such a program needs CAP_SYS_BOOT besides the usual capabilities."],
        KfuncFlags.Rcu => ["A pointer that was read inside an RCU section is good enough; it must have been tested for NULL. The kfunc copes with an object whose last reference is gone, often by returning NULL."],
        KfuncFlags.IterNew => ["Its first argument is an iterator on the stack that is not in use. Whatever the call returns, the iterator is in use from here on and must be destroyed on every path."],
        KfuncFlags.IterNext => ["It takes an iterator that is in use, and its result is NULL at the end. The verifier walks a loop over it without asking for a bound, as long as states repeat."],
        KfuncFlags.IterDestroy => ["It takes an iterator that is in use; afterwards the stack slot may be used anew."],
        KfuncFlags.RcuProtected => ["The call must stand in an RCU read section. A program that may not sleep is in one throughout; a sleepable one opens it with `bpf_rcu_read_lock`."],
        KfuncFlags.Fastcall => ["The verifier replaces the call by inline code that leaves most registers alone, so that compilers need not save them around it."],
        KfuncFlags.ArenaRet => ["The result is an address in the program's arena: it may be followed without a NULL test or bounds, since a bad access reads 0."],
        KfuncFlags.ArenaArg1 => ["The verifier turns the argument from the program's view of the arena into the kernel's before the call."],
        KfuncFlags.ArenaArg2 => ["The verifier turns the argument from the program's view of the arena into the kernel's before the call."],
        KfuncFlags.ImplicitArgs => ["The kernel's function has more parameters than programs pass: the verifier fills the last ones in, such as the program itself. A program's declaration leaves them out."],
        KfuncFlags.SpinlockSafe => ["Nearly no kfunc may be called while a `bpf_spin_lock` is held; one with this flag may."],
        KfuncFlags.Perfmon => ["It can read memory that is not the program's, so loading such a program needs CAP_PERFMON."],
        KfuncFlags.Deprecated => ["The kernel advises against it and says what to call instead."],
        _ => [],
    };
}
