using System.Collections.Immutable;

namespace KfuncLsp.Registry.Btf;

/// <summary>A kfunc as a kernel's BTF declares it.</summary>
public sealed record BtfFunction(string Name, string Returns, ImmutableArray<(string Name, string Type)> Parameters)
{
    public override string ToString() =>
        $"{Joined(Returns, Name)}({(Parameters.IsEmpty ? "void" : string.Join(", ", Parameters.Select(p => Joined(p.Type, p.Name))))})";

    private static string Joined(string type, string name) => type.EndsWith('*') ? type + name : $"{type} {name}".TrimEnd();
}

/// <summary>What a kernel's or module's BTF says of kfuncs: which there are, with which prototypes.</summary>
/// <remarks>A function counts as a kfunc if it bears the declaration tag <c>bpf_kfunc</c>, which pahole sets from 6.10 on; older BTF has none.</remarks>
public sealed class KernelBtf
{
    private readonly BtfTypes _types;

    private KernelBtf(BtfTypes types)
    {
        _types = types;
        Kfuncs = types.TaggedFunctions("bpf_kfunc").Select(types.Function).OfType<BtfFunction>().GroupBy(f => f.Name, StringComparer.Ordinal).ToImmutableDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>Kfuncs by name.</summary>
    public ImmutableDictionary<string, BtfFunction> Kfuncs { get; }

    /// <summary>Whether kfuncs are tagged at all; if not, a missing name says nothing.</summary>
    public bool TagsKfuncs => Kfuncs.Count > 0;

    /// <summary>Whether each of its functions has a name and a prototype, as none has where a module's BTF was put on that of another kernel.</summary>
    public bool IsWhole => _types.FunctionsAreWhole();

    /// <summary>A function by name, kfunc or not; null where there is none.</summary>
    public BtfFunction? FindFunction(string name) => _types.FindFunction(name) is { } id ? _types.Function(id) : null;

    /// <summary>Those of some names that are functions; the first where several bear a name, as loaders take it.</summary>
    public ImmutableDictionary<string, BtfFunction> FindFunctions(IReadOnlySet<string> names) =>
        _types.FunctionsNamed(names).Select(_types.Function).OfType<BtfFunction>().ToImmutableDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>A function by its type id, as <c>.BTF_ids</c> names it; null where the id is no function's.</summary>
    public BtfFunction? FindFunction(int id) => _types.Function(id);

    /// <summary>A struct's size, and whether it is made of scalars only; null where there is none.</summary>
    public (bool IsScalarOnly, long Size)? FindStruct(string name) => _types.Struct(name);

    /// <summary>The names that an enum gives to numbers, such as those of <c>bpf_attach_type</c>; none where there is no such enum.</summary>
    public IEnumerable<string> Enumerators(string name) => _types.Enumerators(name);

    /// <summary>Reads a file: raw BTF such as <c>/sys/kernel/btf/vmlinux</c>, or an ELF file with a <c>.BTF</c> section.</summary>
    /// <remarks>
    /// A module's BTF stands on vmlinux's: give that as <paramref name="onto"/>.
    /// Errors: null and the reason, for a file that can't be read, is no BTF, or is corrupt; it never throws for its content.
    /// </remarks>
    public static (KernelBtf? Btf, string? Error) Read(string path, KernelBtf? onto = null)
    {
        var (bytes, unread) = NamedFile.Read(path);
        if (bytes is null) return (null, unread);
        var (btf, error) = Read(bytes, onto);
        return (btf, error is null ? null : $"{path}: {error}");
    }

    /// <summary>The BTF that a module brings of the kernel's types it uses, on which its own stands; null where it brings none.</summary>
    /// <remarks>Source: tools/lib/bpf/btf.c, btf__distill_base; modules built outside of the kernel's tree have it from 6.11 on. Errors: as <see cref="Read(byte[], KernelBtf?)"/>.</remarks>
    public static (KernelBtf? Btf, string? Error) ReadBase(ElfFile module)
    {
        if (module.Section(".BTF.base") is not { } section) return (null, null);
        var (types, corrupt) = BtfTypes.Parse(section.Content, null);
        return types is null ? (null, corrupt) : (new(types), null);
    }

    /// <summary>Reads the content of such a file.</summary>
    public static (KernelBtf? Btf, string? Error) Read(byte[] bytes, KernelBtf? onto = null)
    {
        var (section, error) = BtfSection.Find(bytes);
        if (error is not null) return (null, error);
        var (types, corrupt) = BtfTypes.Parse(section, onto?._types);
        return types is null ? (null, corrupt) : (new(types), null);
    }
}
