using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A write to a kernel object.</summary>
internal static class KF0307KernelObjectWrite
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0307", "kernel-object-write", "Kernel objects can only be read", "btf-walk-write");

    public static bool IsBroken(Site site, Store store, RegState pointer)
    {
        if (!pointer.IsObject || pointer.Is(TypeFlags.StructUnknown | TypeFlags.TrustUnknown | TypeFlags.MemPercpu)) return false;
        var isUntrusted = pointer.Is(TypeFlags.PtrUntrusted);
        if (!isUntrusted && pointer is { Struct: "nf_conn", Field: { Struct: "nf_conn", Name: not "mark" } } && site.Program.Kind?.Type is ProgramType.SchedCls or ProgramType.Xdp)
        {
            var kernel = site.Traits.ArgumentsAreRegisters ? site.Kernel("btf-walk-write", "cannot write into ptr_", "…", "nf_conn", "…", store.Type.Size) : $"no write support to nf_conn at off {pointer.Offset}";
            site.Report(Rule, "only `mark` of a connection can be written", "btf-walk-write", kernel);
            return true;
        }

        if (!isUntrusted && (pointer.Is(TypeFlags.MemAlloc) || MayWriteSome(site, pointer))) return false;
        var name = site.NameOf(store.Pointer, "the object");
        site.Report(Rule, $"`{name}` is a kernel object; the program can only read it", "btf-walk-write", site.Kernel("btf-walk-write", "only read is supported"), null, ("variable", name));
        return true;
    }

    /// <summary>Whether the program's type may write some members of such an object (<c>btf_struct_access</c>).</summary>
    /// <remarks>Source: net/ipv4/bpf_tcp_ca.c, bpf_tcp_ca_btf_struct_access; kernel/sched/ext.c, bpf_scx_btf_struct_access; net/core/filter.c, tc_cls_act_btf_struct_access and xdp_btf_struct_access.</remarks>
    private static bool MayWriteSome(Site site, RegState pointer) => site.Program.Kind?.Type switch
    {
        null or ProgramType.Ext => true,
        ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Xdp => pointer.Struct.StartsWith("nf_conn", StringComparison.Ordinal),
        ProgramType.StructOps => site.Program.StructOps?.TypeName switch
        {
            "tcp_congestion_ops" => pointer.Struct is not ("task_struct" or "cgroup" or "file"),
            "sched_ext_ops" => pointer.Struct == "task_struct" && pointer.Field is not { Struct: "task_struct" },
            _ => true,
        },
        _ => false,
    };
}
