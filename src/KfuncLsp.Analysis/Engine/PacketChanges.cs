using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What moves a packet's data: afterwards the verifier takes every pointer into it away.</summary>
/// <remarks>Source: net/core/filter.c, bpf_helper_changes_pkt_data; kernel/bpf/verifier.c, bpf_is_kfunc_pkt_changing; kernel/bpf/cfg.c, mark_subprog_changes_pkt_data.</remarks>
internal sealed class PacketChanges(UnitFacts unit)
{
    private const string PullData = "bpf_xdp_pull_data";

    private readonly Dictionary<(string Function, bool HasKfunc), bool> _known = [];

    public static bool ByHelper(string name) => name is
        "bpf_skb_store_bytes" or "bpf_skb_change_proto" or "bpf_skb_change_head" or "bpf_skb_change_tail" or "bpf_skb_pull_data" or "bpf_skb_adjust_room"
        or "bpf_skb_vlan_push" or "bpf_skb_vlan_pop" or "bpf_clone_redirect" or "bpf_l3_csum_replace" or "bpf_l4_csum_replace" or "bpf_xdp_adjust_head"
        or "bpf_xdp_adjust_meta" or "bpf_xdp_adjust_tail" or "bpf_msg_pull_data" or "bpf_msg_push_data" or "bpf_msg_pop_data" or "bpf_lwt_push_encap"
        or "bpf_lwt_seg6_store_bytes" or "bpf_lwt_seg6_adjust_srh" or "bpf_lwt_seg6_action" or "bpf_store_hdr_opt";

    public static bool ByKfunc(string name) => name == PullData;

    /// <summary>Whether a function, or one that it calls, has such a call that the compiler surely keeps: the verifier asks for no more than that it is there.</summary>
    public bool In(FunctionIr function, KernelModel model) => In(function, model.FindKfunc(PullData) is not null);

    private bool In(FunctionIr function, bool hasKfunc)
    {
        if (_known.TryGetValue((function.Name, hasKfunc), out var known)) return known;
        // While it is looked for, for calls of itself.
        _known[(function.Name, hasKfunc)] = false;
        return _known[(function.Name, hasKfunc)] = function.NotLowered is null && function.Blocks.Count > 0 && Find(function, hasKfunc);
    }

    private bool Find(FunctionIr function, bool hasKfunc)
    {
        if (!function.Blocks.SelectMany(b => b.Instructions).OfType<Call>().Any(c => IsChange(c, hasKfunc))) return false;
        var seen = new HashSet<int> { 0 };
        var pending = new Stack<int>(seen);
        var locals = new RuntimeLocals(unit, function);
        while (pending.TryPop(out var id))
        {
            var block = function.Blocks[id];
            if (block.Instructions.OfType<Call>().Any(c => IsChange(c, hasKfunc))) return true;
            foreach (var next in locals.KeptAfter(block))
                if (seen.Add(next)) pending.Push(next);
        }

        return false;
    }

    private bool IsChange(Call call, bool hasKfunc) => call.Callee switch
    {
        HelperCallee helper => ByHelper(helper.Name),
        DirectCallee direct when unit.FindFunction(direct.Name) is { } callee => In(callee, hasKfunc),
        DirectCallee direct => hasKfunc && ByKfunc(direct.Name),
        _ => false,
    };
}
