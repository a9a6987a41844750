using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A program names a map or section whose special members programs of its type must not touch.</summary>
/// <remarks>
/// A kernel without a message for a kind of member does not ask. Source: kernel/bpf/verifier.c, check_map_prog_compatibility.
/// </remarks>
internal static class KF0708GraphInTracing
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0708", "graph-in-tracing", "Tracing programs use no lists, trees or spin locks",
        "graph-prog-type", "lock-prog-type", "timer-wq-prog-type", "obj-drop-nmi-unsafe");

    /// <summary>The program mentions a map or global variable.</summary>
    public static void Check(Site site, string name)
    {
        if (site.Program.Kind is not { } kind) return;
        if (IsTracing(kind.Type))
        {
            if (Forbids(site, name, "graph-prog-type", "list_head", BtfFieldKind.ListHead) || Forbids(site, name, "graph-prog-type", "rb_root", BtfFieldKind.RbRoot)) return;
            if (Forbids(site, name, "lock-prog-type", "tracing progs", BtfFieldKind.SpinLock)) return;
            if (ForbidsTimers(site) && Forbids(site, name, "lock-prog-type", "tracing progs", BtfFieldKind.ResSpinLock)) return;
            if (Forbids(site, name, "timer-wq-prog-type", "bpf_timer", BtfFieldKind.Timer)) return;
            Forbids(site, name, "timer-wq-prog-type", "bpf_wq", BtfFieldKind.Workqueue);
        }
        else if (kind.Type == ProgramType.SocketFilter)
        {
            if (!Forbids(site, name, "lock-prog-type", "socket filter", BtfFieldKind.SpinLock)) Forbids(site, name, "lock-prog-type", "socket filter", BtfFieldKind.ResSpinLock);
        }
        else if (kind.IsSleepable) Forbids(site, name, "lock-prog-type", "sleepable progs", BtfFieldKind.SpinLock);
    }

    /// <summary>An object that is dropped where an NMI may have interrupted the kernel's own code, though its members cannot be freed there.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_kfunc_call; include/linux/bpf.h, btf_field_is_nmi_safe.</remarks>
    public static bool IsUnsafeDrop(Site site, KfuncCall meta)
    {
        if (meta.Name is not ("bpf_obj_drop" or "bpf_percpu_obj_drop") || meta.Arguments is not [{ IsObject: true } dropped, ..] || site.Program.Kind is not { } kind) return false;
        if (!IsTracing(kind.Type) && (kind.Type != ProgramType.Tracing || kind.AttachType == "TRACE_ITER" || kind.IsSleepable)) return false;
        if (site.Program.Unit.Records.OfStruct(dropped.Struct)?.Fields.FirstOrDefault(f => !IsNmiSafe(site, f)) is not { } field) return false;
        var kernel = site.Kernel("obj-drop-nmi-unsafe", null, meta.Kfunc.Name);
        if (kernel.Length == 0) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, $"a program of this type cannot drop a `struct {dropped.Struct}`, which has a `{field.KindName}`", "obj-drop-nmi-unsafe", kernel, null, ("kfunc", meta.Kfunc.Name));
        return true;
    }

    /// <summary>The kernels that let tracing programs use timers let them use resilient locks, too.</summary>
    private static bool ForbidsTimers(Site site) => site.Kernel("timer-wq-prog-type", "bpf_timer").Length > 0;

    private static bool IsNmiSafe(Site site, BtfField field) => field.Kind switch
    {
        BtfFieldKind.ListHead or BtfFieldKind.ListNode or BtfFieldKind.RbRoot or BtfFieldKind.RbNode => false,
        BtfFieldKind.Kptr => KptrTransfer.Describe(site, field.Type) is not { Kind: KptrKind.Referenced or KptrKind.Percpu },
        _ => true,
    };

    private static bool Forbids(Site site, string name, string condition, string containing, BtfFieldKind field)
    {
        if (!Has(site.Program.Unit, name, field)) return false;
        var kernel = site.Kernel(condition, containing);
        if (kernel.Length == 0) return false;
        site.Report(Rule, $"a program of this type cannot use `{name}`, which has a `struct {BtfField.NameOf(field)}`", condition, kernel, null, ("variable", name));
        return true;
    }

    private static bool Has(UnitFacts unit, string name, BtfFieldKind field) =>
        unit.Maps.TryGetValue(name, out var map) ? map.Value is { } value && unit.Records.Of(value)?.First(field) is not null
        : unit.Globals.TryGetValue(name, out var global) && !global.IsExtern && unit.Records.SectionHas(global.Section, field);

    private static bool IsTracing(ProgramType type) =>
        type is ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent or ProgramType.RawTracepoint or ProgramType.RawTracepointWritable;
}
