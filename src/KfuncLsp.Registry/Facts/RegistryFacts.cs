using System.Collections.Immutable;

namespace KfuncLsp.Registry.Facts;

/// <summary>What one kernel tree says, as read: names, flags, types, places. Interpreted by <see cref="ModelBuilder"/>.</summary>
/// <remarks>A <c>Source</c> is <c>file:line@release</c>. Lists are sorted by name, so that the same tree gives the same bytes.</remarks>
public sealed record RegistryFacts
{
    /// <summary>The exact release, such as <c>6.12.117</c>.</summary>
    public required string Release { get; init; }

    /// <summary>Where the facts were read, if not in a source tree; then what no image says is another release's.</summary>
    public ImageFact? Image { get; init; }

    /// <summary>Kernels by age.</summary>
    public static ImmutableArray<RegistryFacts> OldestFirst(IEnumerable<RegistryFacts> kernels) => [.. kernels.OrderBy(k => KernelVersion.Parse(k.Release))];

    /// <summary>The kernels that stand for a release, the nearest first: itself alone, else the ones before and after it.</summary>
    /// <remarks>Distance is counted in releases: 7.0 follows 6.19. Of two as near as each other the newer comes first.</remarks>
    public static ImmutableArray<RegistryFacts> Nearest(KernelVersion release, ImmutableArray<RegistryFacts> kernels)
    {
        var ordered = kernels.Select(k => (Facts: k, Series: KernelVersion.Parse(k.Release)!.Value.Series)).ToArray();
        if (Array.Find(ordered, k => k.Series == release.Series).Facts is { } own) return [own];
        return [.. new[] { Array.FindLast(ordered, k => k.Series < release.Series), Array.Find(ordered, k => k.Series > release.Series) }
            .Where(k => k.Facts is not null).OrderBy(k => Math.Abs(Ordinal(k.Series) - Ordinal(release))).ThenByDescending(k => k.Series).Select(k => k.Facts)];

        static int Ordinal(KernelVersion version) => (version.Major * 20) + version.Minor;
    }

    public ImmutableArray<KfuncFact> Kfuncs { get => field.OrEmpty(); init; } = [];

    /// <summary>The registered sets, each with its hooks.</summary>
    public ImmutableArray<KfuncSetFact> KfuncSets { get => field.OrEmpty(); init; } = [];

    /// <summary>What the bits of a set entry's flag word mean.</summary>
    public ImmutableArray<FlagBitFact> FlagBits { get => field.OrEmpty(); init; } = [];

    public ImmutableArray<ProgramHookFact> ProgramHooks { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<FmodRetFact> FmodRet { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<DestructorFact> Destructors { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<NameFact> RcuProtectedTypes { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<SafeFieldFact> SafeFields { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<TracepointFact> Tracepoints { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<NameSetFact> LsmHookSets { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<StructOpsFact> StructOps { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<IterFact> Iterators { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<ContextFact> Contexts { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<SectionFact> Sections { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<HelperFact> Helpers { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<StructFact> Structs { get => field.OrEmpty(); init; } = [];

    /// <summary>The names that <c>__rcu</c> pointers bear anywhere in the tree: what is not among them has no such type tag.</summary>
    public ImmutableArray<string> RcuNames { get => field.OrEmpty(); init; } = [];
}

/// <summary>A kfunc: where it is listed, on which hooks it is registered, and what it looks like.</summary>
public sealed record KfuncFact
{
    public required string Name { get; init; }

    /// <summary>In a test module, or among the test functions that a kernel carries.</summary>
    public bool Test { get; init; }

    public ImmutableArray<KfuncSetEntry> Sets { get => field.OrEmpty(); init; } = [];

    /// <summary>Hooks by the kernel's name without <c>BTF_KFUNC_HOOK_</c>.</summary>
    public ImmutableArray<KfuncHookFact> Hooks { get => field.OrEmpty(); init; } = [];

    public ImmutableArray<FilterFact> Filters { get => field.OrEmpty(); init; } = [];
    public PrototypeFact? Prototype { get; init; }
    public bool KernelDoc { get; init; }
    public DeprecationFact? Deprecated { get; init; }

    /// <summary>Options it needs: those of its file, then those around its entry.</summary>
    public ImmutableArray<string> Config { get => field.OrEmpty(); init; } = [];

    public bool Module { get; init; }

    /// <summary>The parts that were not read in this kernel but are another's, such as <c>hooks@7.2.12</c>; <c>all@…</c> where the kfunc itself was not seen.</summary>
    public ImmutableArray<string> Inferred { get => field.OrEmpty(); init; } = [];

    public string Source { get; init; } = "";
}

/// <summary>A kernel image that was read in place of a tree, and the releases whose facts stand in for what it does not say, the nearest first.</summary>
public sealed record ImageFact(string Release, ImmutableArray<string> Nearest)
{
    public ImmutableArray<string> Nearest { get => field.OrEmpty(); init; } = Nearest;

    /// <summary>Where those releases differ: whose row holds here, as a program showed that this kernel judged.</summary>
    public ImmutableArray<DecidedFact> Decided { get => field.OrEmpty(); init; } = [];
}

/// <summary>A row of a table of facts that is another release's, and the program of the corpus that decided which one's.</summary>
public sealed record DecidedFact(string Table, string Row, string Like, string Program);

/// <summary>A registered kfunc set.</summary>
public sealed record KfuncSetFact(string Name, ImmutableArray<string> Hooks, string Source)
{
    public ImmutableArray<string> Hooks { get => field.OrEmpty(); init; } = Hooks;
}

/// <summary>A <c>KF_*</c> flag and its bit. The first bit is 0, which JSON leaves out.</summary>
public sealed record FlagBitFact(string Flag, int Bit);

/// <summary>An entry of a kfunc set.</summary>
public sealed record KfuncSetEntry(string Set, ImmutableArray<string> Flags, string Source)
{
    public ImmutableArray<string> Flags { get => field.OrEmpty(); init; } = Flags;
}

/// <summary>A hook and the flags that apply there.</summary>
public sealed record KfuncHookFact(string Hook, ImmutableArray<string> Flags, ImmutableArray<string> ProgramTypes)
{
    public ImmutableArray<string> Flags { get => field.OrEmpty(); init; } = Flags;
    public ImmutableArray<string> ProgramTypes { get => field.OrEmpty(); init; } = ProgramTypes;
}

/// <summary>A filter function on a hook, reduced to what it asks of the program.</summary>
public sealed record FilterFact(string Function, string Hook)
{
    public ImmutableArray<string> ProgramTypes { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<string> AttachTypes { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<string> StructOpsMembers { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<string> ExcludedTargets { get => field.OrEmpty(); init; } = [];

    /// <summary>Where the function could not be reduced; then only its name is known.</summary>
    public bool Inexact { get; init; }

    public string Source { get; init; } = "";
}

/// <summary>A prototype as the kernel defines it.</summary>
public sealed record PrototypeFact(string Returns, ImmutableArray<ParameterFact> Parameters)
{
    public ImmutableArray<ParameterFact> Parameters { get => field.OrEmpty(); init; } = Parameters;
    public bool Variadic { get; init; }
}

/// <summary>A parameter; an implicit one is filled in by the verifier.</summary>
public sealed record ParameterFact(string Name, string Type)
{
    public bool Implicit { get; init; }
}

/// <summary>That a tree advises against a kfunc.</summary>
public sealed record DeprecationFact(string? Replacement, string? Until, string Source);

public sealed record ProgramHookFact(string ProgramType, string Hook, string Source);

public sealed record FmodRetFact(string Name, ImmutableArray<string> Flags, bool Test, string Source)
{
    public ImmutableArray<string> Flags { get => field.OrEmpty(); init; } = Flags;
}

public sealed record DestructorFact(string Struct, string Function, bool Test, string Source);

public sealed record NameFact(string Name, ImmutableArray<string> Config, string Source)
{
    public ImmutableArray<string> Config { get => field.OrEmpty(); init; } = Config;
}

public sealed record NameSetFact(string Set, ImmutableArray<NameFact> Names)
{
    public ImmutableArray<NameFact> Names { get => field.OrEmpty(); init; } = Names;
}

/// <summary>A field of a <c>BTF_TYPE_SAFE_*</c> list; <see cref="List"/> is what follows <c>BTF_TYPE_SAFE_</c>.</summary>
public sealed record SafeFieldFact(string Struct, string Field, string List, ImmutableArray<string> Config, string Source)
{
    public ImmutableArray<string> Config { get => field.OrEmpty(); init; } = Config;
}

/// <summary>A raw tracepoint's mask: a hex digit per argument, the first one lowest; 1 may be NULL, 2 may be an error pointer.</summary>
public sealed record TracepointFact(string Name, ImmutableArray<string> Arguments, string Source)
{
    public ImmutableArray<string> Arguments { get => field.OrEmpty(); init; } = Arguments;
}

public sealed record StructOpsFact(string Name, bool Test, ImmutableArray<StructOpsMemberFact> Members, ImmutableArray<string> Sleepable, string Source)
{
    public ImmutableArray<StructOpsMemberFact> Members { get => field.OrEmpty(); init; } = Members;
    public ImmutableArray<string> Sleepable { get => field.OrEmpty(); init; } = Sleepable;
}

public sealed record StructOpsMemberFact(string Member, string Stub, ImmutableArray<ParameterFact> Parameters)
{
    public ImmutableArray<ParameterFact> Parameters { get => field.OrEmpty(); init; } = Parameters;
}

public sealed record IterFact(string Target, ImmutableArray<IterFieldFact> Fields, string Source)
{
    public ImmutableArray<IterFieldFact> Fields { get => field.OrEmpty(); init; } = Fields;
}

public sealed record IterFieldFact(string Name, string Type, ImmutableArray<string> RegType)
{
    public ImmutableArray<string> RegType { get => field.OrEmpty(); init; } = RegType;
}

public sealed record ContextFact(string ProgramType, string BpfType, string KernelType, string Source);

public sealed record SectionFact(string Section, string ProgramType, string AttachType, ImmutableArray<string> Flags, string Source)
{
    public ImmutableArray<string> Flags { get => field.OrEmpty(); init; } = Flags;
}

public sealed record HelperFact
{
    public required string Name { get; init; }
    public int Id { get; init; }
    public string Returns { get; init; } = "";
    public ImmutableArray<string> Arguments { get => field.OrEmpty(); init; } = [];
    public ImmutableArray<HelperBtfFact> Btf { get => field.OrEmpty(); init; } = [];
    public bool GplOnly { get; init; }
    public bool MightSleep { get; init; }

    /// <summary>Other <c>bpf_func_proto</c>s of the same name whose types differ.</summary>
    public ImmutableArray<HelperVariantFact> Variants { get => field.OrEmpty(); init; } = [];

    public string Source { get; init; } = "";
}

/// <summary>Another prototype under the same helper number, for some program types.</summary>
public sealed record HelperVariantFact(string Proto, string Returns, ImmutableArray<string> Arguments, string Source)
{
    public ImmutableArray<string> Arguments { get => field.OrEmpty(); init; } = Arguments;
}

/// <summary>The struct of a BTF argument; <see cref="Index"/> -1 is the return.</summary>
public sealed record HelperBtfFact(int Index, string Struct);

/// <summary>A struct that kfuncs point to: whether it is made of scalars only, and its size where that could be computed.</summary>
public sealed record StructFact(string Name, bool? ScalarOnly, long Size, string Source)
{
    /// <summary>Itself, and the structs that lie, or may lie, at its very start, as deep as they nest; empty where that is not known.</summary>
    public ImmutableArray<string> Begins { get => field.OrEmpty(); init; } = [];
}
