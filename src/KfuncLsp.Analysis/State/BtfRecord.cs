using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>A kind of member that the kernel itself looks after: its <c>enum btf_field_type</c>.</summary>
internal enum BtfFieldKind : byte { SpinLock, ResSpinLock, Timer, Workqueue, TaskWork, ListHead, ListNode, RbRoot, RbNode, Refcount, Kptr }

/// <summary>Such a member: the kernel's <c>struct btf_field</c>.</summary>
/// <remarks>Units: bytes from the start of the type. <see cref="Tags"/> are the declaration's, as <c>contains:item:node</c>.</remarks>
internal sealed record BtfField(BtfFieldKind Kind, long Offset, long Size, CType Type, EquatableArray<string> Tags)
{
    /// <summary>The name that messages give it.</summary>
    public string KindName => NameOf(Kind);

    /// <summary>The name of a kind: <c>btf_field_type_name</c>.</summary>
    public static string NameOf(BtfFieldKind kind) => kind switch
    {
        BtfFieldKind.SpinLock => "bpf_spin_lock",
        BtfFieldKind.ResSpinLock => "bpf_res_spin_lock",
        BtfFieldKind.Timer => "bpf_timer",
        BtfFieldKind.Workqueue => "bpf_wq",
        BtfFieldKind.TaskWork => "bpf_task_work",
        BtfFieldKind.ListHead => "bpf_list_head",
        BtfFieldKind.ListNode => "bpf_list_node",
        BtfFieldKind.RbRoot => "bpf_rb_root",
        BtfFieldKind.RbNode => "bpf_rb_node",
        BtfFieldKind.Refcount => "bpf_refcount",
        _ => "kptr",
    };

    public bool Touches(long offset, long size) => offset < Offset + Size && Offset < offset + size;

    /// <summary>The kind that a struct's name means.</summary>
    public static BtfFieldKind? KindOf(string structName) => structName switch
    {
        "bpf_spin_lock" => BtfFieldKind.SpinLock,
        "bpf_res_spin_lock" => BtfFieldKind.ResSpinLock,
        "bpf_timer" => BtfFieldKind.Timer,
        "bpf_wq" => BtfFieldKind.Workqueue,
        "bpf_task_work" => BtfFieldKind.TaskWork,
        "bpf_list_head" => BtfFieldKind.ListHead,
        "bpf_list_node" => BtfFieldKind.ListNode,
        "bpf_rb_root" => BtfFieldKind.RbRoot,
        "bpf_rb_node" => BtfFieldKind.RbNode,
        "bpf_refcount" => BtfFieldKind.Refcount,
        _ => null,
    };
}

/// <summary>The members of a type that the kernel looks after: its <c>struct btf_record</c>.</summary>
/// <remarks>Source: kernel/bpf/btf.c, btf_parse_fields.</remarks>
internal sealed record BtfRecord(ImmutableArray<BtfField> Fields)
{
    public static readonly BtfRecord Empty = new([]);

    public BtfField? At(long offset, BtfFieldKind kind) => Fields.FirstOrDefault(f => f.Kind == kind && f.Offset == offset);
    public BtfField? First(BtfFieldKind kind) => Fields.FirstOrDefault(f => f.Kind == kind);

    public BtfField? Touched(long offset, long size)
    {
        foreach (var field in Fields)
            if (field.Touches(offset, size)) return field;
        return null;
    }

    /// <summary>Whether objects of the type are nodes of a list or tree.</summary>
    public bool HasNode => Fields.Any(f => f.Kind is BtfFieldKind.ListNode or BtfFieldKind.RbNode);
}
