using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>Of the structs that kfuncs point to: are they scalars only, how large, and what do they begin with.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, __btf_type_is_scalar_struct. What can't be known from the text stays unknown.</remarks>
internal sealed class StructShapes(StructIndex structs, SourceTree tree)
{
    private const int MaxNesting = 4;

    /// <summary>How often a bound may stand for another macro.</summary>
    private const int MaxMacros = 16;

    /// <summary>Typedefs of numbers, and of nameless structs that hold numbers.</summary>
    private static readonly string[] NumberTypedefs = ["atomic_t", "atomic64_t", "atomic_long_t", "refcount_t", "spinlock_t", "raw_spinlock_t", "freeptr_t", "__addrpair", "__portpair"];

    /// <summary>Layouts by name of the struct and guards around it; unknown while it is laid out, for a struct that holds itself has none.</summary>
    private readonly Dictionary<(string Name, int Guards), (long Size, long Align)?> _layouts = [];

    public ImmutableArray<StructFact> Of(IEnumerable<KfuncFact> kfuncs)
    {
        var names = kfuncs.SelectMany(k => k.Prototype?.Parameters ?? []).Select(p => KernelTypes.Parse(p.Type).PointeeStruct).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        return [.. names.Select(n => structs.Find(n)).OfType<StructDefinition>().Select(d => new StructFact(d.Name, ScalarOnly(d.Members, d.File, 0), Size(d) is { } size and > 0 ? size : 0, $"{d.File.Path}:{d.Line}@{tree.Release}") { Begins = Begins(d) })];
    }

    /// <summary>A struct and those that may lie at its offset 0, in order of their names; none where a member's type cannot be followed.</summary>
    private ImmutableArray<string> Begins(StructDefinition definition)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal) { definition.Name };
        return Begin(definition.Members, definition.IsUnion, definition.File, found) ? [.. found] : [];
    }

    /// <summary>All members of a union begin it; of a struct the first one, and those before it that only some configurations have.</summary>
    private bool Begin(ImmutableArray<CMember> members, bool isUnion, CFile file, SortedSet<string> found)
    {
        if (members.IsEmpty) return false;
        var guards = members.Min(m => file.ConfigGuards(m.At.Guard).Length);
        foreach (var member in members)
        {
            if (!BeginsWith(member, file, found)) return false;
            if (!isUnion && file.ConfigGuards(member.At.Guard).Length == guards) return true;
        }

        return true;
    }

    private bool BeginsWith(CMember member, CFile file, SortedSet<string> found)
    {
        if (member.IsFunctionPointer || member.Type.EndsWith('*')) return true;
        if (!member.Nested.IsEmpty) return Begin(member.Nested, member.IsUnion, file, found);
        var type = Resolve(member.Type);
        if (type.Length == 0) return member.Name == "DECLARE_BITMAP";
        if (KernelTypes.IntegerSize(type) > 0 || type.StartsWith("enum ", StringComparison.Ordinal) || NumberTypedefs.Contains(type)) return true;
        var isStruct = type.StartsWith("struct ", StringComparison.Ordinal);
        var name = isStruct ? type["struct ".Length..] : type.EndsWith("_t", StringComparison.Ordinal) ? type[..^2] : "";
        // A struct that is not found is an architecture's own.
        if (structs.Find(name) is not { } inner) return isStruct && found.Add(name);
        return !found.Add(name) || Begin(inner.Members, inner.IsUnion, inner.File, found);
    }

    private bool? ScalarOnly(ImmutableArray<CMember> members, CFile file, int nesting)
    {
        if (nesting >= MaxNesting) return false;
        bool? all = true;
        foreach (var member in members)
        {
            var one = member.IsFunctionPointer || member.Type.EndsWith('*') ? false
                : !member.Nested.IsEmpty ? ScalarOnly(member.Nested, file, nesting + 1)
                : ScalarType(Resolve(member.Type), nesting);
            if (one == false) return false;
            all = one is null ? null : all;
        }

        return all;
    }

    private bool? ScalarType(string type, int nesting)
    {
        if (KernelTypes.IntegerSize(type) > 0 || type.StartsWith("enum ", StringComparison.Ordinal)) return true;
        var name = type.StartsWith("struct ", StringComparison.Ordinal) || type.StartsWith("union ", StringComparison.Ordinal) ? type[(type.IndexOf(' ', StringComparison.Ordinal) + 1)..] : null;
        return name is not null && structs.Find(name) is { } definition ? ScalarOnly(definition.Members, definition.File, nesting + 1) : null;
    }

    private static string Resolve(string type) => type.Replace("const ", "", StringComparison.Ordinal).Replace("volatile ", "", StringComparison.Ordinal).Trim();

    private long? Size(StructDefinition definition)
    {
        if (definition.HasAttributes) return null;
        return Layout(definition.Members, definition.IsUnion, definition.File, definition.File.ConfigGuards(0).Length)?.Size;
    }

    private (long Size, long Align)? Layout(ImmutableArray<CMember> members, bool isUnion, CFile file, int guards)
    {
        var (size, align) = (0L, 1L);
        foreach (var member in members)
        {
            if (member.IsBitField || file.ConfigGuards(member.At.Guard).Length > guards) return null;
            var one = member.IsFunctionPointer || member.Type.EndsWith('*') ? (8L, 8L)
                : !member.Nested.IsEmpty ? Layout(member.Nested, member.IsUnion, file, guards)
                : Type(Resolve(member.Type), guards);
            if (one is not var (memberSize, memberAlign)) return null;
            foreach (var bound in member.Bounds)
            {
                if (Constant(bound, file) is not { } count) return null;
                memberSize *= count;
            }

            align = Math.Max(align, memberAlign);
            if (isUnion) { size = Math.Max(size, memberSize); continue; }
            size = ((size + memberAlign - 1) / memberAlign * memberAlign) + memberSize;
        }

        return ((size + align - 1) / align * align, align);
    }

    private (long Size, long Align)? Type(string type, int guards)
    {
        if (KernelTypes.IntegerSize(type) is > 0 and var size) return (size, size);
        if (type.StartsWith("enum ", StringComparison.Ordinal)) return (4, 4);
        var isUnion = type.StartsWith("union ", StringComparison.Ordinal);
        if (!isUnion && !type.StartsWith("struct ", StringComparison.Ordinal)) return null;
        if (structs.Find(type[(type.IndexOf(' ', StringComparison.Ordinal) + 1)..]) is not { HasAttributes: false } definition) return null;
        var key = (definition.Name, guards);
        if (_layouts.TryGetValue(key, out var known)) return known;
        _layouts[key] = null;
        return _layouts[key] = Layout(definition.Members, definition.IsUnion, definition.File, guards);
    }

    private static long? Constant(ImmutableArray<CToken> bound, CFile file, int macros = 0) => bound switch
    {
        [] => 0,
        [{ Kind: CTokenKind.Number } number] => long.TryParse(number.Text, out var value) ? value : null,
        [{ IsIdentifier: true } name] when macros < MaxMacros => file.Macros.LastOrDefault(m => m.Name == name.Text && m.Parameters is null) is { } macro ? Constant([.. macro.Body.Where(t => !t.Is("(") && !t.Is(")"))], file, macros + 1) : null,
        _ => null,
    };
}
