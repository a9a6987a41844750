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

        if (!isUntrusted && (pointer.Is(TypeFlags.MemAlloc) || MayWriteSomeFields(site.Program.Kind?.Type))) return false;
        var name = site.NameOf(store.Pointer, "the object");
        site.Report(Rule, $"`{name}` is a kernel object; the program can only read it", "btf-walk-write", site.Kernel("btf-walk-write", "only read is supported"), null, ("variable", name));
        return true;
    }

    /// <summary>Program types that may write chosen fields of kernel objects (<c>btf_struct_access</c>).</summary>
    private static bool MayWriteSomeFields(ProgramType? type) =>
        type is null or ProgramType.StructOps or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Xdp or ProgramType.Ext;
}
