namespace KfuncLsp.Registry;

/// <summary>The kernel's <c>enum bpf_prog_type</c>.</summary>
public enum ProgramType : byte
{
    Unspec, SocketFilter, Kprobe, SchedCls, SchedAct, Tracepoint, Xdp, PerfEvent, CgroupSkb, CgroupSock, LwtIn, LwtOut, LwtXmit,
    SockOps, SkSkb, CgroupDevice, SkMsg, RawTracepoint, CgroupSockAddr, LwtSeg6Local, LircMode2, SkReuseport, FlowDissector,
    CgroupSysctl, RawTracepointWritable, CgroupSockopt, Tracing, StructOps, Ext, Lsm, SkLookup, Syscall, Netfilter,
}

/// <summary>What libbpf makes of a section name: the answer to "what kind of program is this?".</summary>
/// <remarks>
/// <see cref="AttachType"/> is the kernel's name without <c>BPF_</c> (<c>TRACE_RAW_TP</c>, <c>LSM_MAC</c>), empty for none.
/// <see cref="Target"/> is what follows the slash: a tracepoint, function, LSM hook, iterator or struct_ops member.
/// Source: tools/lib/bpf/libbpf.c, section_defs.
/// </remarks>
public sealed record ProgramKind(ProgramType Type, string AttachType, bool IsSleepable, string Target);

/// <summary>Where a call stands, as far as callability goes.</summary>
/// <remarks>
/// <see cref="StructOpsType"/> and <see cref="StructOpsMember"/> are set where the program is bound to a member;
/// null means not known, and then no filter on them rejects.
/// </remarks>
public sealed record CallContext(ProgramKind Program, string? StructOpsType = null, string? StructOpsMember = null);
