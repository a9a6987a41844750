using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>The context is accessed where the program type has nothing.</summary>
/// <remarks>Source: net/netfilter/nf_bpf_link.c, nf_is_valid_access; net/core/filter.c, xdp_is_valid_access; kernel/trace/bpf_trace.c, raw_tp_prog_is_valid_access; net/core/filter.c, sock_ops_is_valid_access and sk_lookup_is_valid_access; kernel/bpf/verifier.c, bpf_tracing_btf_ctx_access; kernel/bpf/btf.c, btf_ctx_access.</remarks>
internal static class KF0310ContextAccess
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0310", "context-access", "The context is read as its program type lays it out", "ctx-access", "arg-ctx-modified");

    private const long MostArgumentBytes = 12 * 8;

    /// <summary>More than any kernel's <c>struct __sk_buff</c> has.</summary>
    private const long MostSkBuffBytes = 512;

    public static bool IsBroken(Site site, RegState pointer, CType accessed, long size, bool isWrite)
    {
        if (pointer.Type != RegType.PtrToCtx || size <= 0 || site.Program.Kind is not { } kind) return false;
        if (pointer.HasVariableOffset) return IsVariable(site, kind, pointer);
        var isBroken = kind.Type switch
        {
            // What is asked of a tracepoint's offset takes it for a number without a sign.
            _ when pointer.Offset < 0 && kind.Type is not (ProgramType.Ext or ProgramType.Tracepoint) => true,
            _ when SkBuffFields.Of(kind.Type) is not null && pointer.Offset >= MostSkBuffBytes => true,
            _ when pointer.Field is { Struct: "__sk_buff" } field && SkBuffFields.Of(kind.Type) is { } fields => !(isWrite ? fields.MayWrite(field.Name) : fields.MayRead(field.Name)),
            ProgramType.RawTracepoint or ProgramType.Tracepoint or ProgramType.SkLookup or ProgramType.FlowDissector => isWrite,
            ProgramType.Xdp => isWrite || (pointer.Field is { Struct: "xdp_md", Name: "egress_ifindex" } && kind.AttachType != "XDP_DEVMAP"),
            ProgramType.CgroupSockopt => isWrite && pointer.Field is { Struct: "bpf_sockopt" } option && !IsWritableInSockopt(option.Name, kind.AttachType),
            ProgramType.SockOps => isWrite && pointer.Field is { Struct: "bpf_sock_ops", Name: not ("reply" or "sk_txhash") } && pointer.Offset != 4,
            ProgramType.Netfilter => isWrite || ((size != 8 || pointer.Offset is not (0 or 8)) && !IsWrapper(site.State.Top.Function)),
            ProgramType.Tracing when kind.AttachType is "TRACE_ITER" => false,
            ProgramType.Tracing or ProgramType.Lsm or ProgramType.StructOps =>
                isWrite || pointer.Offset < 0 || pointer.Offset >= MostArgumentBytes || pointer.Offset % size != 0 || IsPartOfPointer(site, kind, pointer.Offset, size),
            _ => false,
        };
        if (!isBroken) return false;
        var message = pointer.Field is { Struct: "__sk_buff" or "xdp_md" } member ? $"`{member.Name}` of the context cannot be {(isWrite ? "written" : "read")} here"
            : isWrite ? "the context cannot be written" : $"the context has no {size} bytes at offset {pointer.Offset}";
        site.Report(Rule, message, "ctx-access", site.Kernel("ctx-access", "invalid bpf_context access", pointer.Offset, size));
        return true;
    }

    /// <summary>A read of the packet by the instruction for it, which takes the context for a packet.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, may_access_skb.</remarks>
    public static bool IsNoPacket(Site site)
    {
        if (site.Program.Kind is null or { Type: ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Ext }) return false;
        site.Report(Rule, "programs of this type have no packet to read like this", "", "BPF_LD_[ABS|IND] instructions not allowed for this program type");
        return true;
    }

    /// <remarks>Source: kernel/bpf/cgroup.c, cg_sockopt_is_valid_access.</remarks>
    private static bool IsWritableInSockopt(string field, string attachType) =>
        field == "optlen" || (field == "retval" && attachType != "CGROUP_SETSOCKOPT") || (field is "optname" or "level" && attachType != "CGROUP_GETSOCKOPT");

    /// <summary>An index that is not constant leads nowhere in the context; newer kernels let syscall programs do so.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, __check_ptr_off_reg, is_var_ctx_off_allowed.</remarks>
    private static bool IsVariable(Site site, ProgramKind kind, RegState pointer)
    {
        if (!pointer.IsSurelyVariable || kind.Type is ProgramType.Syscall or ProgramType.Ext) return false;
        const string Condition = "arg-ctx-modified";
        site.Report(Rule, "the context can only be accessed at constant offsets", Condition, site.Kernel(Condition, "variable", "ctx"));
        return true;
    }

    /// <summary>An argument that is missing, or a pointer of which only a part is read.</summary>
    private static bool IsPartOfPointer(Site site, ProgramKind kind, long offset, long size)
    {
        var prototype = kind.Type == ProgramType.StructOps ? site.Program.StructOps?.Prototype
            : kind.AttachType == "TRACE_RAW_TP" ? site.Program.Unit.Unit.TracepointPrototypes.GetValueOrDefault(kind.Target) : null;
        // A struct by value takes several places.
        if (prototype is null || prototype.Parameters.Any(p => p.Type is StructType)) return false;
        var index = (int)(offset / 8);
        if (index >= prototype.Parameters.Count) return !IsWrapper(site.State.Top.Function);
        return size != 8 && prototype.Parameters[index].Type is PointerType;
    }

    /// <summary>Whether a function is what <c>BPF_PROG</c> makes, which reads every argument; the compiler drops the reads that the body has no use for.</summary>
    private static bool IsWrapper(FunctionIr function) =>
        function.Blocks.Any(b => b.Instructions.Any(i => i is Call { Callee: DirectCallee callee } && FunctionIr.ProgramOf(callee.Name) == function.Name));
}
