using System.Collections.Immutable;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>Which members of <c>struct __sk_buff</c> a program type has.</summary>
/// <remarks>
/// Source: net/core/filter.c, sk_filter_is_valid_access, tc_cls_act_is_valid_access, cg_skb_is_valid_access, lwt_is_valid_access,
/// sk_skb_is_valid_access, flow_dissector_is_valid_access, bpf_skb_is_valid_access.
/// </remarks>
internal sealed class SkBuffFields
{
    private static readonly ImmutableArray<string> s_socket = ["family", "remote_ip4", "local_ip4", "remote_ip6", "local_ip6", "remote_port", "local_port"];

    private static readonly SkBuffFields s_filter = new() { Hidden = ["tc_classid", "data", "data_meta", "data_end", "tstamp", "wire_len", "hwtstamp", "tstamp_type", "flow_keys", .. s_socket], Writable = ["cb"] };
    private static readonly SkBuffFields s_tc = new() { Hidden = ["flow_keys", .. s_socket], Writable = ["mark", "tc_index", "priority", "tc_classid", "cb", "tstamp", "queue_mapping"] };
    private static readonly SkBuffFields s_cgroup = new() { Hidden = ["tc_classid", "data_meta", "wire_len", "tstamp_type", "flow_keys"], Writable = ["mark", "priority", "cb", "tstamp"] };
    private static readonly SkBuffFields s_lwt = new() { Hidden = ["tc_classid", "data_meta", "tstamp", "wire_len", "hwtstamp", "tstamp_type", "flow_keys", .. s_socket], Writable = ["mark", "priority", "cb"] };
    private static readonly SkBuffFields s_skSkb = new() { Hidden = ["mark", "tc_classid", "data_meta", "tstamp", "wire_len", "hwtstamp", "tstamp_type", "flow_keys"], Writable = ["tc_index", "priority"] };

    private static readonly SkBuffFields s_flowDissector = new() { Only = ["data", "data_end", "flow_keys"] };

    /// <summary>The members that there are, where it is easier to say so.</summary>
    private ImmutableArray<string>? Only { get; init; }
    private ImmutableArray<string> Hidden { get; init; } = [];
    private ImmutableArray<string> Writable { get; init; } = [];

    /// <summary>The members that a program type has; null where its context is another.</summary>
    public static SkBuffFields? Of(ProgramType type) => type switch
    {
        ProgramType.SocketFilter => s_filter,
        ProgramType.SchedCls or ProgramType.SchedAct => s_tc,
        ProgramType.CgroupSkb => s_cgroup,
        ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit or ProgramType.LwtSeg6Local => s_lwt,
        ProgramType.SkSkb => s_skSkb,
        ProgramType.FlowDissector => s_flowDissector,
        _ => null,
    };

    public bool MayRead(string field) => Only is { } only ? only.Contains(field) : !Hidden.Contains(field);
    public bool MayWrite(string field) => Writable.Contains(field);
}
