using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Extraction.Kfuncs;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>Sets of BTF ids that the verifier itself asks: LSM hooks apart from the ordinary, types under RCU, destructors.</summary>
internal static class IdSetFacts
{
    private const string Prefix = "bpf_lsm_";

    /// <summary>The sets of LSM hooks in <c>kernel/bpf/bpf_lsm.c</c>, hooks without <c>bpf_lsm_</c>.</summary>
    public static ImmutableArray<NameSetFact> LsmHooks(SourceTree tree)
    {
        if (tree.Read("kernel/bpf/bpf_lsm.c") is not { } file) return [];
        return [.. KfuncSets.In(file, tree.Macro)
            .Select(s => new NameSetFact(s.Name, [.. s.Entries.Where(e => e.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select(e => Fact(file, e, e.Name[Prefix.Length..], tree)).OrderBy(e => e.Name, StringComparer.Ordinal)]))
            .Where(s => s.Names.Length > 0)];
    }

    /// <summary>Types whose kptrs may be read under RCU.</summary>
    public static ImmutableArray<NameFact> RcuProtectedTypes(SourceTree tree)
    {
        if (tree.Read("kernel/bpf/verifier.c") is not { } file) return [];
        return [.. KfuncSets.In(file, tree.Macro).Where(s => s.Name == "rcu_protected_types").SelectMany(s => s.Entries).Select(e => Fact(file, e, e.Name, tree)).OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    /// <summary>Struct → destructor, from the arrays that are passed to <c>register_btf_id_dtor_kfuncs</c>.</summary>
    public static ImmutableArray<DestructorFact> Destructors(SourceTree tree, IEnumerable<CFile> files, List<string> issues)
    {
        var found = new List<DestructorFact>();
        foreach (var file in files)
        {
            var lists = KfuncSets.In(file, tree.Macro).DistinctBy(s => s.Name).ToDictionary(s => s.Name, StringComparer.Ordinal);
            foreach (var function in file.Items.Where(i => i.Kind == CItemKind.Function))
                foreach (var (_, arguments) in Registrations.Calls(file, function, "register_btf_id_dtor_kfuncs"))
                    if (arguments is [[{ IsIdentifier: true } array], ..]) found.AddRange(Rows(tree, file, array.Text, lists, issues));
        }

        return [.. found.OrderBy(d => d.Struct, StringComparer.Ordinal).ThenBy(d => d.Function, StringComparer.Ordinal)];
    }

    private static NameFact Fact(CFile file, SetEntry entry, string name, SourceTree tree) => new(name, file.ConfigGuards(entry.Guard), $"{file.Path}:{entry.Line}@{tree.Release}");

    private static IEnumerable<DestructorFact> Rows(SourceTree tree, CFile file, string array, Dictionary<string, IdSet> lists, List<string> issues)
    {
        var tokens = file.Tokens;
        SetEntry? Entry(int at) =>
            tokens[at + 1].Is("=") && lists.TryGetValue(tokens[at + 2].Text, out var list) && int.TryParse(tokens[at + 4].Text, out var index) && index < list.Entries.Length ? list.Entries[index] : null;
        for (var i = 0; i + 2 < tokens.Length; i++)
        {
            if (!tokens[i].IsIdentifier || tokens[i].Text != array || !tokens[i + 1].Is("[")) continue;
            var body = CItems.Closing(tokens, i + 1) + 2;
            if (body >= tokens.Length || !tokens[body].Is("{")) continue;
            var end = CItems.Closing(tokens, body);
            SetEntry? type = null;
            for (var at = body; at < end; at++)
            {
                if (tokens[at].Is("btf_id")) type = Entry(at);
                if (!tokens[at].Is("kfunc_btf_id")) continue;
                if (type is null || Entry(at) is not { } function) { issues.Add($"{file.Path}:{tokens[at].Line}: a destructor that could not be followed"); continue; }
                yield return new(type.Name, function.Name, KfuncExtraction.IsTest(file.Path), $"{file.Path}:{tokens[at].Line}@{tree.Release}");
            }

            yield break;
        }
    }
}
