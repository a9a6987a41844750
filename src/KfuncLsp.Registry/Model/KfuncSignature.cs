using System.Collections.Immutable;

namespace KfuncLsp.Registry;

/// <summary>Everything that a call of one kfunc must know, resolved for one kernel.</summary>
public sealed record KfuncSignature
{
    public required string Name { get; init; }

    /// <summary>The union of the flags over all hooks; judge a call by <see cref="FlagsOn"/>.</summary>
    public required KfuncFlags Flags { get; init; }

    public required KfuncReturn Return { get; init; }

    /// <summary>The parameters that a BPF program passes; hidden ones are in <see cref="ImplicitParameters"/>.</summary>
    public ImmutableArray<KfuncParameter> Parameters { get; init; } = [];

    public ImmutableArray<KfuncParameter> ImplicitParameters { get; init; } = [];

    /// <summary>The hooks it is registered on, each with the flags it has there.</summary>
    public ImmutableDictionary<KfuncHook, KfuncFlags> Hooks { get; init; } = ImmutableDictionary<KfuncHook, KfuncFlags>.Empty;

    /// <summary>Filter functions that may reject it, by hook.</summary>
    public ImmutableArray<KfuncFilter> Filters { get; init; } = [];

    /// <summary>The kfunc sets that list it, such as <c>scx_kfunc_ids_select_cpu</c>.</summary>
    public ImmutableArray<string> Sets { get; init; } = [];

    /// <summary>Whether only the kernel's own tests register it.</summary>
    public bool IsTest { get; init; }

    /// <summary>CONFIG options it needs, as the kernel spells them.</summary>
    public ImmutableArray<string> Config { get; init; } = [];

    /// <summary>Whether it can live in a module, so that a kernel may lack it until the module is loaded.</summary>
    public bool MayBeInModule { get; init; }

    /// <summary>The name to use instead, and why; null where it is not deprecated.</summary>
    public Deprecation? Deprecated { get; init; }

    /// <summary>The release that brought it; null where no source says.</summary>
    public KernelVersion? Since { get; init; }

    /// <summary>The first release known to lack it again; null while the newest has it.</summary>
    public KernelVersion? Until { get; init; }

    /// <summary>Provenance: <c>file:line@version</c>.</summary>
    public string Source { get; init; } = "";

    public bool Has(KfuncFlags flag) => (Flags & flag) != 0;

    /// <summary>The flags that apply on a hook: those of COMMON first, as the kernel asks.</summary>
    public KfuncFlags FlagsOn(KfuncHook? hook) =>
        Hooks.TryGetValue(KfuncHook.Common, out var common) ? common
        : hook is { } own && Hooks.TryGetValue(own, out var flags) ? flags
        : Flags;
}

/// <summary>Advice to stop using a kfunc.</summary>
public sealed record Deprecation(string? Replacement, string Reason, string Source);

/// <summary>What a parameter asks of its argument: the kernel's <c>enum kfunc_ptr_arg_type</c>, as far as the prototype decides it.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, get_kfunc_ptr_arg_type.</remarks>
public enum KfuncArgClass : byte
{
    /// <summary>Any integer.</summary>
    Scalar,

    /// <summary><c>__k</c>: a constant that the verifier knows.</summary>
    ConstScalar,

    /// <summary><c>__sz</c>: the byte size of the parameter before it.</summary>
    MemSize,

    /// <summary><c>__szk</c>: the same, constant.</summary>
    ConstMemSize,

    /// <summary><c>rdonly_buf_size</c>, <c>rdwr_buf_size</c>: a constant that sizes the returned memory.</summary>
    ReturnBufSize,

    /// <summary><c>__ign</c>: not checked.</summary>
    Ignored,

    /// <summary>A context type of some program type; the name decides with the caller's program type.</summary>
    Context,

    /// <summary><c>__alloc</c>.</summary>
    AllocObject,

    /// <summary><c>__refcounted_kptr</c>.</summary>
    RefcountedKptr,

    Dynptr, Iterator, ListHead, ListNode, RbRoot, RbNode,

    /// <summary><c>__str</c>.</summary>
    ConstString,

    /// <summary><c>__const_map</c>.</summary>
    ConstMap,

    /// <summary><c>__map</c>.</summary>
    Map,

    Workqueue, Timer, TaskWork,

    /// <summary><c>__irq_flag</c>.</summary>
    IrqFlag,

    ResSpinLock,

    /// <summary>A pointer to a function.</summary>
    Callback,

    /// <summary><c>__arena</c>.</summary>
    Arena,

    /// <summary>A pointer followed by a size parameter.</summary>
    MemWithSize,

    /// <summary>A pointer to a struct: a kernel object (or, if the struct is scalars only, memory of that size).</summary>
    BtfObject,

    /// <summary>A pointer to anything else: memory of the pointee's size.</summary>
    FixedMem,

    /// <summary>6.1: the map slot of <c>KF_KPTR_GET</c>.</summary>
    KptrSlot,
}

/// <summary>One parameter, with its suffix taken apart.</summary>
/// <remarks>Units: <see cref="PointeeSize"/> in bytes, 0 where not known.</remarks>
public sealed record KfuncParameter(int Index, string Name, KfuncType Type, KfuncArgClass Class)
{
    /// <summary><c>__nullable</c>, or 6.12's <c>__opt</c> on a buffer.</summary>
    public bool IsNullable { get; init; }

    /// <summary><c>__uninit</c>.</summary>
    public bool IsUninit { get; init; }

    /// <summary><c>__nonown_allowed</c>.</summary>
    public bool AllowsNonOwning { get; init; }

    /// <summary>For <see cref="KfuncArgClass.MemWithSize"/>: the index of its size parameter.</summary>
    public int? SizeParameter { get; init; }

    /// <summary>The suffixes as written, such as <c>__sz</c>.</summary>
    public ImmutableArray<string> Suffixes { get; init; } = [];

    /// <summary>The struct pointed to, without <c>struct</c>; null for other pointees.</summary>
    public string? PointeeStruct => Type.PointeeStruct;

    /// <summary>Whether the pointee struct holds nothing but scalars, nested at most four deep; null where not known.</summary>
    public bool? PointeeIsScalarOnly { get; init; }

    public long PointeeSize { get; init; }
}

/// <summary>What a kfunc returns.</summary>
public sealed record KfuncReturn(KfuncType Type);

/// <summary>A C type of a kernel prototype: the text as the kernel writes it, and what is asked of it.</summary>
public sealed record KfuncType(string Text, KfuncTypeKind Kind)
{
    /// <summary>For integers: width and sign.</summary>
    public int Bits { get; init; }

    public bool IsSigned { get; init; }

    /// <summary>For a pointer to struct or union: the name without its keyword.</summary>
    public string? PointeeStruct { get; init; }

    /// <summary>For a pointer: what it points to.</summary>
    public KfuncTypeKind Pointee { get; init; }

    public bool IsPointer => Kind == KfuncTypeKind.Pointer;
}

/// <summary>BTF kinds, as coarse as libbpf's compatibility check looks at them.</summary>
public enum KfuncTypeKind : byte { Void, Integer, Enum, Struct, Union, Pointer, Function, Float, Array, Other }

/// <summary>A registered filter and what it asks.</summary>
public sealed record KfuncFilter(string Name, KfuncHook Hook, FilterRule Rule);

/// <summary>What a filter allows. All given lists must match; an empty one asks nothing.</summary>
/// <remarks>
/// <see cref="AttachTypes"/> as in <see cref="ProgramKind.AttachType"/>. <see cref="StructOpsMembers"/> are <c>type.member</c> or <c>type.*</c>.
/// A rule that could not be reduced to this has <see cref="IsExact"/> false; then it never rejects.
/// </remarks>
public sealed record FilterRule
{
    public ImmutableArray<ProgramType> ProgramTypes { get; init; } = [];
    public ImmutableArray<string> AttachTypes { get; init; } = [];
    public ImmutableArray<string> StructOpsMembers { get; init; } = [];

    /// <summary>LSM hooks it must not be attached to.</summary>
    public ImmutableArray<string> ExcludedTargets { get; init; } = [];

    public bool IsExact { get; init; } = true;
}
