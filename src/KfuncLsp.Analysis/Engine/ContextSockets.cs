using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>The sockets that contexts lead to.</summary>
internal static class ContextSockets
{
    /// <summary>What a context's member is: the kind of socket, and whether it may be NULL; null where it is no socket.</summary>
    /// <remarks>
    /// Source: net/core/filter.c, bpf_skb_is_valid_access, sock_addr_is_valid_access, sock_ops_is_valid_access, sk_msg_is_valid_access,
    /// sk_reuseport_is_valid_access, sk_lookup_is_valid_access; kernel/bpf/cgroup.c, cg_sockopt_is_valid_access.
    /// </remarks>
    public static (RegType Type, bool MayBeNull)? Of(ProgramType program, string member) => (program, member) switch
    {
        (ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.CgroupSkb or ProgramType.SkSkb
            or ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit or ProgramType.LwtSeg6Local, "sk") => (RegType.PtrToSockCommon, true),
        (ProgramType.SockOps or ProgramType.SkLookup, "sk") => (RegType.PtrToSocket, true),
        (ProgramType.CgroupSockAddr or ProgramType.CgroupSockopt or ProgramType.SkMsg or ProgramType.SkReuseport, "sk") => (RegType.PtrToSocket, false),
        (ProgramType.SkReuseport, "migrating_sk") => (RegType.PtrToSockCommon, true),
        _ => null,
    };
}
