using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Extraction.Verifier;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>Puts sets, registrations and prototypes together: one fact per kfunc.</summary>
internal sealed class KfuncExtraction(SourceTree tree, ImmutableArray<ProgramHookFact> programHooks, List<string> issues)
{
    private readonly Dictionary<string, string> _hookOf = programHooks.ToDictionary(h => h.ProgramType, h => h.Hook, StringComparer.Ordinal);

    /// <summary>Files that mention kfunc sets; the rest of the extraction looks here first.</summary>
    public List<CFile> Files { get; } = [];

    public ImmutableArray<FmodRetFact> FmodRet { get; private set; } = [];

    /// <summary>The sets that are registered, with their hooks.</summary>
    public ImmutableArray<KfuncSetFact> Sets { get; private set; } = [];

    public ImmutableArray<StructOpsFact> StructOps { get; private set; } = [];

    public ImmutableArray<StructFact> Structs { get; private set; } = [];

    public ImmutableArray<KfuncFact> Run()
    {
        foreach (var path in tree.Mentioning("BTF_KFUNCS_START", "BTF_SET8_START", "register_btf_kfunc_id_set", "__bpf_kfunc"))
            if (!path.EndsWith("include/linux/btf_ids.h", StringComparison.Ordinal) && path != "kernel/bpf/btf.c" && path != "include/linux/btf.h" && tree.Read(path) is { } file) Files.Add(file);

        var sets = new Dictionary<(string File, string Set), IdSet>();
        var registrations = new List<Registration>();
        var fmodRet = new List<FmodRetFact>();
        foreach (var file in Files)
        {
            foreach (var set in KfuncSets.In(file, tree.Macro)) sets[(file.Path, set.Name)] = set;
            var (found, unresolved) = Registrations.In(file);
            registrations.AddRange(found);
            issues.AddRange(unresolved);
            foreach (var name in Registrations.FmodRetSets(file))
                if (sets.TryGetValue((file.Path, name), out var set)) fmodRet.AddRange(set.Entries.Select(e => new FmodRetFact(e.Name, e.Flags, IsTest(file.Path), Place(file, e.Line))));
        }

        FmodRet = [.. fmodRet.OrderBy(f => f.Name, StringComparer.Ordinal)];
        var structs = new StructIndex(tree, Files);
        var structOps = new StructOpsTypes(tree, structs, issues);
        StructOps = structOps.Find();
        var facts = Facts(sets, registrations, structOps.Variables);
        Structs = new StructShapes(structs, tree).Of(facts);
        return facts;
    }

    public string Place(CFile file, int line) => $"{file.Path}:{line}@{tree.Release}";

    public static bool IsTest(string path) => path.StartsWith("tools/testing/", StringComparison.Ordinal) || path == "net/bpf/test_run.c";

    private ImmutableArray<KfuncFact> Facts(Dictionary<(string File, string Set), IdSet> sets, List<Registration> registrations, ImmutableArray<StructOpsVariable> structOps)
    {
        var entries = new List<(Registration By, IdSet Set, SetEntry Entry)>();
        foreach (var registration in registrations)
        {
            var set = sets.GetValueOrDefault((registration.File.Path, registration.Set))
                ?? sets.Where(s => s.Key.Set == registration.Set).OrderBy(s => s.Key.File, StringComparer.Ordinal).Select(s => s.Value).FirstOrDefault();
            if (set is null) { issues.Add($"{registration.File.Path}:{registration.Line}: no set named {registration.Set}"); continue; }
            entries.AddRange(set.Entries.Where(e => e.Kind == "func").Select(e => (registration, set, e)));
        }

        Sets = [.. entries.GroupBy(e => (e.Set.Name, Source: Place(e.Set.File, e.Set.Line)))
            .Select(g => new KfuncSetFact(g.Key.Name, [.. g.Select(e => _hookOf.GetValueOrDefault(e.By.ProgramType, "?")).Distinct().Order(StringComparer.Ordinal)], g.Key.Source))
            .OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Source, StringComparer.Ordinal)];
        var byName = entries.GroupBy(e => e.Entry.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var definitions = Prototypes.Of(tree, [.. byName.Select(g => g.Key)], Files);
        var filters = new FilterReduction(tree, sets, registrations, programHooks, structOps, Files);
        var owners = new ConfigOwners(tree);
        return [.. byName.Select(g => Fact(g.Key, [.. g], definitions.GetValueOrDefault(g.Key), filters, owners))];
    }

    private KfuncFact Fact(string name, List<(Registration By, IdSet Set, SetEntry Entry)> entries, Definition? definition, FilterReduction filters, ConfigOwners owners)
    {
        if (definition is null) issues.Add($"{name}: no definition found");
        var hooks = entries.GroupBy(e => _hookOf.GetValueOrDefault(e.By.ProgramType, "?"), StringComparer.Ordinal).OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => new KfuncHookFact(h.Key, Flags(h.SelectMany(e => e.Entry.Flags)), [.. h.Select(e => e.By.ProgramType).Distinct().Order(StringComparer.Ordinal)])).ToImmutableArray();
        foreach (var hook in hooks)
            if (hook.Hook == "?") issues.Add($"{name}: program type without a hook: {string.Join(", ", hook.ProgramTypes)}");
        var flags = Flags(entries.SelectMany(e => e.Entry.Flags));
        var ownerFile = entries[0].Set.File;
        var (config, module) = owners.Of(ownerFile.Path);
        var guards = entries.SelectMany(e => ownerFile == e.Set.File ? e.Set.File.ConfigGuards(e.Entry.Guard).Concat(e.By.File.ConfigGuards(e.By.Guard)) : []);
        return new()
        {
            Name = name,
            Test = entries.All(e => IsTest(e.Set.File.Path)),
            Sets = [.. entries.Select(e => new KfuncSetEntry(e.Set.Name, Flags(e.Entry.Flags), Place(e.Set.File, e.Entry.Line))).DistinctBy(e => (e.Set, e.Source)).OrderBy(e => e.Set, StringComparer.Ordinal).ThenBy(e => e.Source, StringComparer.Ordinal)],
            Hooks = hooks,
            Filters = [.. hooks.SelectMany(h => filters.Of(name, h.Hook))],
            Prototype = definition is null ? null : Prototype(definition.Prototype, flags),
            KernelDoc = definition?.HasKernelDoc ?? false,
            Deprecated = definition is null ? null : DeprecationWording.In(definition, Place(definition.File, definition.Line)),
            Config = [.. config.Concat(guards).Distinct()],
            Module = module,
            Source = definition is null ? Place(ownerFile, entries[0].Entry.Line) : Place(definition.File, definition.Line),
        };
    }

    private static ImmutableArray<string> Flags(IEnumerable<string> flags) => [.. flags.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The prototype; with <c>KF_IMPLICIT_ARGS</c>, the parameters from the first one that the verifier fills in are marked.</summary>
    /// <remarks>Source: tools/bpf/resolve_btfids/main.c, which writes the shorter prototype.</remarks>
    private static PrototypeFact Prototype(CPrototype prototype, ImmutableArray<string> flags)
    {
        var hidden = flags.Contains("KF_IMPLICIT_ARGS")
            ? prototype.Parameters.ToList().FindIndex(p => p.Type is "struct bpf_prog_aux *" or "const struct bpf_prog_aux *" or "struct btf_struct_meta *" or "const struct btf_struct_meta *")
            : -1;
        return new(prototype.Returns, [.. prototype.Parameters.Select((p, i) => new ParameterFact(p.Name, p.Type) { Implicit = hidden >= 0 && i >= hidden })]) { Variadic = prototype.IsVariadic };
    }
}
