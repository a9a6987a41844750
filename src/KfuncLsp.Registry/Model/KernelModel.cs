using System.Collections.Immutable;

namespace KfuncLsp.Registry;

/// <summary>One kernel, as far as the verifier's verdict on kfuncs goes: the kernel side's waist.</summary>
public sealed record KernelModel
{
    /// <summary>The series that the user asks for, such as 6.12.</summary>
    public required KernelVersion Version { get; init; }

    /// <summary>The exact release the facts were read from, such as 6.12.117.</summary>
    public required string Release { get; init; }

    /// <summary>Changes whenever any fact of the model does.</summary>
    public required string Hash { get; init; }

    public required ImmutableDictionary<string, KfuncSignature> Kfuncs { get; init; }
    public required VerifierTraits Traits { get; init; }
    public required MessageCatalog Messages { get; init; }

    /// <summary>Program type → hook; a type that is absent has COMMON only.</summary>
    public required ImmutableDictionary<ProgramType, KfuncHook> Hooks { get; init; }

    /// <summary>Whether this kernel has a COMMON hook (all but 6.1).</summary>
    public required bool HasCommonHook { get; init; }

    /// <summary>SEC() rules.</summary>
    public required SectionTable Sections { get; init; }

    public required SafeFields SafeFields { get; init; }

    /// <summary>Tracepoint → per argument: may be NULL, or an error pointer (then a scalar).</summary>
    public required ImmutableDictionary<string, ImmutableArray<TracepointArgument>> TracepointArguments { get; init; }

    public required LsmHooks Lsm { get; init; }

    /// <summary>Helpers by number.</summary>
    public required ImmutableDictionary<int, HelperSignature> Helpers { get; init; }

    /// <summary>Struct → what may be done with a kptr to it.</summary>
    public required ImmutableDictionary<string, KptrType> KptrTypes { get; init; }

    public required ImmutableDictionary<string, StructOpsType> StructOps { get; init; }

    /// <summary>bpf_iter target (<c>task</c>, <c>cgroup</c> …) → its context's fields.</summary>
    public required ImmutableDictionary<string, ImmutableArray<IterContextField>> IterContexts { get; init; }

    /// <summary>Program type → the name of its context struct, as programs see it (<c>__sk_buff</c>) and as the kernel does (<c>sk_buff</c>).</summary>
    public required ImmutableDictionary<ProgramType, ContextType> Contexts { get; init; }

    /// <summary>What this kernel reads out of a kfunc's declaration, for kfuncs that the model does not have yet.</summary>
    public required DeclarationRules Declarations { get; init; }

    /// <summary>The package that the facts were read in; null where none is known.</summary>
    public KernelPackage? Package { get; init; }

    /// <summary>The kernel that programs will run on, as it was built; null where only the release is known.</summary>
    public BuiltKernel? Built { get; init; }

    /// <summary>Kfuncs that a kernel or a module names and of which nothing but the prototype is known: no verdict goes by them.</summary>
    public ImmutableDictionary<string, KfuncSignature> Unflagged { get; init; } = ImmutableDictionary<string, KfuncSignature>.Empty;

    /// <summary>Struct → itself, and the structs that lie, or may lie, at its very start: a pointer to it may be one to each of them. What kfuncs take is here.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Beginnings { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The names of members that may bear the <c>__rcu</c> type tag; no other does. Empty where they were not looked at.</summary>
    public IReadOnlySet<string> RcuNames { get; init; } = ImmutableHashSet<string>.Empty;

    public KfuncSignature? FindKfunc(string name) =>
        Kfuncs.TryGetValue(name, out var exact) ? exact
        : Kfuncs.GetValueOrDefault(WithoutFlavour(name));

    /// <summary>The name that libbpf looks up: everything from <c>___</c> on is a flavour.</summary>
    /// <remarks>A leading <c>___</c> is part of the name. Source: tools/lib/bpf/libbpf.c, bpf_core_essential_name_len.</remarks>
    public static string WithoutFlavour(string name)
    {
        for (var i = name.Length - 5; i > 0; i--)
            if (name.AsSpan(i + 1).StartsWith("___") && name[i] != '_' && name[i + 4] != '_') return name[..(i + 1)];
        return name;
    }

    public KfuncHook? HookOf(ProgramType type) => Hooks.TryGetValue(type, out var hook) ? hook : null;

    /// <summary>Whether a program may call a kfunc: its hook, then the filters of that hook.</summary>
    /// <remarks>Source: kernel/bpf/btf.c, btf_kfunc_id_set_contains; semantics B.1 and B.2.</remarks>
    public Callability MayCall(KfuncSignature kfunc, CallContext caller) => CallabilityCheck.Decide(this, kfunc, caller);

    /// <summary>How far programs of a type may call a kfunc, whatever they are attached to.</summary>
    public KfuncReach ReachOf(KfuncSignature kfunc, ProgramType type) => KfuncReaches.Of(this, kfunc, type);
}

/// <summary>An answer of <see cref="KernelModel.MayCall"/>, with the reason for a no.</summary>
public sealed record Callability(bool IsAllowed, string Reason)
{
    public static readonly Callability Allowed = new(true, "");
}

/// <summary>How a kernel reads kfuncs: the suffixes of parameters, the names of callback types, the types of parameters that it fills in itself, and what the bits of a flag word mean.</summary>
public sealed record DeclarationRules(IReadOnlySet<string> Suffixes, IReadOnlySet<string> CallbackTypes, IReadOnlySet<string> HiddenTypes, ImmutableDictionary<int, KfuncFlags> FlagBits);

/// <summary>A distribution's package, and the SHA-256 of its file.</summary>
public sealed record KernelPackage(string Name, string Version, string Sha256)
{
    public override string ToString() => $"{Name} {Version}";
}

/// <summary>A may-be-NULL mark of a raw tracepoint argument.</summary>
public enum TracepointArgument : byte { NonNull, MayBeNull, ErrorPointer }

/// <summary>What the kernel says of pointers to a struct kept in maps.</summary>
public sealed record KptrType(string Struct, string? Destructor, bool IsRcuProtected);

/// <summary>LSM hooks apart from the ordinary.</summary>
/// <remarks><see cref="Boolean"/> is empty where the kernel looks at no program's answer; <see cref="Void"/> has every hook that returned nothing in any kernel at hand.</remarks>
public sealed record LsmHooks(IReadOnlySet<string> Untrusted, IReadOnlySet<string> Sleepable)
{
    /// <summary>Hooks that no program may attach to.</summary>
    public IReadOnlySet<string> Disabled { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Hooks that are answered yes or no; the others with 0 or an error.</summary>
    public IReadOnlySet<string> Boolean { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Hooks that return nothing.</summary>
    public IReadOnlySet<string> Void { get; init; } = ImmutableHashSet<string>.Empty;
}

/// <summary>A struct_ops type.</summary>
/// <remarks><see cref="Arguments"/>: member → per argument index, the stub's suffix (<c>nullable</c>, <c>ref</c>, <c>arena</c>).</remarks>
public sealed record StructOpsType(string Name)
{
    public IReadOnlySet<string> SleepableMembers { get; init; } = ImmutableHashSet<string>.Empty;
    public ImmutableDictionary<string, ImmutableDictionary<int, string>> Arguments { get; init; } =
        ImmutableDictionary<string, ImmutableDictionary<int, string>>.Empty;
}

/// <summary>A pointer in a bpf_iter context.</summary>
public sealed record IterContextField(string Name, string Struct, bool IsTrusted, bool MayBeNull);

/// <summary>Context structs of a program type.</summary>
public sealed record ContextType(string BpfName, string KernelName);
