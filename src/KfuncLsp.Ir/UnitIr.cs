using System.Collections.Immutable;

namespace KfuncLsp.Ir;

/// <summary>Everything that the analyser may know of one translation unit.</summary>
/// <remarks>Immutable and managed: it outlives the parser that made it and can cross a process boundary.</remarks>
public sealed record UnitIr
{
    /// <summary><c>BPF_MAP_TYPE_ARENA</c>.</summary>
    private const int ArenaMap = 33;

    public required string MainFile { get; init; }

    /// <summary>Functions defined in the main file, and those of headers that they reach. Ordered by file and position.</summary>
    public ImmutableArray<FunctionIr> Functions { get; init; } = [];

    public ImmutableArray<GlobalVar> Globals { get; init; } = [];
    public ImmutableArray<MapDef> Maps { get; init; } = [];

    /// <summary>Functions that the unit calls, takes the address of, or declares in the main file as <c>__ksym</c>, without defining them.</summary>
    public ImmutableArray<ExternFunction> Externs { get; init; } = [];

    public ImmutableDictionary<string, StructDef> Structs { get; init; } = ImmutableDictionary<string, StructDef>.Empty;

    /// <summary>The string in the <c>license</c> section; null where there is none.</summary>
    public string? License { get; init; }

    public ImmutableArray<StructOpsVar> StructOps { get; init; } = [];

    /// <summary>Prototypes of attach targets that the unit's headers know, by the target's name: <c>btf_trace_*</c> typedefs, with their leading <c>void *</c> dropped.</summary>
    public ImmutableDictionary<string, FunctionType> TracepointPrototypes { get; init; } = ImmutableDictionary<string, FunctionType>.Empty;

    /// <summary>Every file that was read, the main file first.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    public ImmutableArray<UnitIssue> Issues { get; init; } = [];

    /// <summary>Whether a map is one whose memory the program addresses by itself.</summary>
    public bool HasArena() => Maps.Any(m => m.Type == ArenaMap);

    public FunctionIr? FindFunction(string name)
    {
        foreach (var function in Functions)
            if (function.Name == name) return function;
        return null;
    }
}

/// <summary>A global variable. Maps are in <see cref="UnitIr.Maps"/>, not here.</summary>
public sealed record GlobalVar(string Name, CType Type, FileSpan Anchor)
{
    /// <summary>The ELF section: as the attribute says, else <c>.rodata</c>, <c>.data</c> or <c>.bss</c>; <c>.ksyms</c> and <c>.kconfig</c> for externs.</summary>
    public string Section { get; init; } = ".bss";

    public bool IsConst { get; init; }
    public bool IsVolatile { get; init; }
    public bool IsExtern { get; init; }
    public bool IsWeak { get; init; }
    public bool IsStatic { get; init; }
    public EquatableArray<string> DeclTags { get; init; } = [];

    /// <summary>The initial bytes, little-endian, as long as the type; null where they are not known. All zero without an initialiser.</summary>
    public EquatableArray<byte>? InitialBytes { get; init; }

    /// <summary>The addresses among the initial bytes, which are zero there.</summary>
    public EquatableArray<StoredAddress> Addresses { get; init; } = [];
}

/// <summary>An address that a global variable begins with.</summary>
/// <remarks>Units: <paramref name="Offset"/> in bytes. <paramref name="Target"/> is the address of a function, variable or string, or an <see cref="UnknownValue"/>.</remarks>
public sealed record StoredAddress(long Offset, Rvalue Target);

/// <summary>A map of the <c>.maps</c> section.</summary>
/// <remarks>Units: <see cref="Type"/> is the number of <c>enum bpf_map_type</c>; sizes in bytes, 0 where not given.</remarks>
public sealed record MapDef(string Name, int Type, FileSpan Anchor)
{
    public CType? Key { get; init; }
    public CType? Value { get; init; }
    public long KeySize { get; init; }
    public long ValueSize { get; init; }
    public long MaxEntries { get; init; }
    public long Flags { get; init; }

    /// <summary>For a map of maps, the inner map's definition.</summary>
    public MapDef? Inner { get; init; }
}

/// <summary>A function that the unit declares and does not define.</summary>
public sealed record ExternFunction(string Name, FunctionType Prototype, FileSpan Anchor)
{
    public bool IsKsym { get; init; }
    public bool IsWeak { get; init; }

    /// <summary>Whether no declaration is in scope at the call: C99 made one up.</summary>
    public bool IsImplicit { get; init; }

    public bool InMainFile { get; init; }
    public EquatableArray<string> DeclTags { get; init; } = [];
}

/// <summary>A struct_ops map: <c>SEC(".struct_ops") struct sched_ext_ops ops = { .init = (void *)f, … }</c>.</summary>
public sealed record StructOpsVar(string Name, string TypeName, string Section, FileSpan Anchor)
{
    /// <summary>Member → function.</summary>
    public EquatableArray<StructOpsMember> Members { get; init; } = [];
}

/// <summary>One bound member, with the prototype that the struct gives it.</summary>
public sealed record StructOpsMember(string Member, string Function, FunctionType? Prototype);

/// <summary>Something about the unit that a user must know: never silently blind.</summary>
public sealed record UnitIssue(UnitIssueKind Kind, string Message, FileSpan Where)
{
    /// <summary>The function it concerns, or null for the whole file.</summary>
    public string? Function { get; init; }
}

public enum UnitIssueKind : byte
{
    /// <summary>The file cannot be read.</summary>
    Unreadable,

    /// <summary>libclang gave no translation unit, or died on the file.</summary>
    NotParsed,

    /// <summary>A C error in the file that hides code from us; clangd tells the user about it, we only say what was not looked at.</summary>
    CompileError,

    /// <summary>A function was not lowered.</summary>
    NotAnalysed,

    /// <summary>An include was not found.</summary>
    MissingHeader,

    /// <summary>A libbpf macro is missing; the message names the version that has it.</summary>
    MissingMacro,

    /// <summary>A compile flag was dropped, or a compile database could not be read.</summary>
    Flags,

    /// <summary>A vmlinux.h was generated, or could not be.</summary>
    Vmlinux,
}
