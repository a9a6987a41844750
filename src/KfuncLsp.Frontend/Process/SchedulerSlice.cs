using System.Runtime.InteropServices;

namespace KfuncLsp.Frontend.Process;

/// <summary>Asks Linux for short turns on the processor, which come sooner: what answers an editor works for a millisecond and waits for long.</summary>
/// <remarks>
/// The share of processor time stays what it was. Threads and processes that are started later have the same turns. Kernels before 6.12 take the
/// wish and do nothing with it; on other systems nothing is asked.
/// Source: v6.12 kernel/sched/syscalls.c, __setparam_fair.
/// </remarks>
public static partial class SchedulerSlice
{
    /// <summary>Units: nanoseconds. The kernel's own are 1.4 to 3 ms long.</summary>
    private const ulong Short = 200_000;

    private const uint NormalPolicy = 0;

    /// <summary>The kernel's <c>struct sched_attr</c> as it was first.</summary>
    private struct Attributes
    {
        public uint Size, Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime, Deadline, Period;
    }

    /// <summary>Asks for this thread. A refusal changes nothing.</summary>
    public static unsafe void AskForShort()
    {
        if (!OperatingSystem.IsLinux() || Numbers is not var (get, set)) return;
        Attributes attributes = default;
        var size = (uint)sizeof(Attributes);
        if (GetAttributes(get, 0, &attributes, size, 0) != 0 || attributes.Policy != NormalPolicy) return;
        attributes.Size = size;
        attributes.Runtime = Short;
        _ = SetAttributes(set, 0, &attributes, 0);
    }

    /// <summary>The numbers of sched_getattr and sched_setattr, for which older C libraries have no function.</summary>
    private static (long Get, long Set)? Numbers => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (315, 314),
        Architecture.Arm64 => (275, 274),
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static unsafe partial long GetAttributes(long number, int thread, Attributes* attributes, uint size, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static unsafe partial long SetAttributes(long number, int thread, Attributes* attributes, uint flags);
}
