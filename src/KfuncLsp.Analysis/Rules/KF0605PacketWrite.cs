using KfuncLsp.Analysis.Engine;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A slice to be written, in a program that must not write packets.</summary>
/// <remarks>The kernel asks this of every slice, whatever its dynptr is made of. Source: kernel/bpf/verifier.c, may_access_direct_pkt_data.</remarks>
internal static class KF0605PacketWrite
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0605", "packet-write", "A writable slice in a program that must not write packets", "dynptr-slice-rdwr");

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (site.Program.Kind is not { } kind || kind.Type is ProgramType.Ext || MayWritePackets(kind.Type)) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, "this program type must not write packet data; use `bpf_dynptr_slice`, and `bpf_dynptr_write` to write", "dynptr-slice-rdwr",
            site.Kernel("dynptr-slice-rdwr", null));
        return true;
    }

    private static bool MayWritePackets(ProgramType type) => type is
        ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Xdp or ProgramType.LwtXmit or ProgramType.SkSkb or ProgramType.SkMsg or ProgramType.CgroupSockopt;
}
