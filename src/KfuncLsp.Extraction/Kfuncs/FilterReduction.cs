using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Extraction.Verifier;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>What the filter functions of a hook ask of a program that calls one kfunc.</summary>
/// <remarks>
/// A filter is not matched against known shapes: it is run for every program type of the hook, every attach type and target that it names, and every
/// struct_ops member, and the answers are put into a rule. The rule is kept as exact only if it gives each of these answers back.
/// </remarks>
internal sealed class FilterReduction(SourceTree tree, Dictionary<(string File, string Set), IdSet> sets, List<Registration> registrations, ImmutableArray<ProgramHookFact> programHooks, ImmutableArray<StructOpsVariable> structOps, IReadOnlyList<CFile> files)
{
    private const string StructOpsName = "STRUCT_OPS";
    private readonly Dictionary<string, List<(CFile File, CItem Item)>> byHook = Filters(registrations, programHooks, files);

    /// <summary>The filters of a hook that do not let every program call this kfunc.</summary>
    public IEnumerable<FilterFact> Of(string kfunc, string hook)
    {
        foreach (var (file, item) in byHook.GetValueOrDefault(hook, []))
            if (Reduce(kfunc, hook, file, item) is { } fact) yield return fact;
    }

    private static Dictionary<string, List<(CFile, CItem)>> Filters(List<Registration> registrations, ImmutableArray<ProgramHookFact> programHooks, IReadOnlyList<CFile> files)
    {
        var hookOf = programHooks.ToDictionary(h => h.ProgramType, h => h.Hook, StringComparer.Ordinal);
        var found = new Dictionary<string, List<(CFile, CItem)>>(StringComparer.Ordinal);
        foreach (var group in registrations.Where(r => r.Filter is not null).GroupBy(r => hookOf.GetValueOrDefault(r.ProgramType, "?"), StringComparer.Ordinal))
            foreach (var (name, near) in group.Select(r => (r.Filter!, r.File)).DistinctBy(f => f.Item1).OrderBy(f => f.Item1, StringComparer.Ordinal))
                if (files.Prepend(near).Select(f => (File: f, Item: f.Items.FirstOrDefault(i => i.Kind == CItemKind.Function && i.Name == name))).FirstOrDefault(f => f.Item is not null) is { Item: not null } place)
                {
                    if (!found.TryGetValue(group.Key, out var list)) found[group.Key] = list = [];
                    list.Add((place.File, place.Item));
                }

        return found;
    }

    private FilterFact? Reduce(string kfunc, string hook, CFile file, CItem item)
    {
        var source = $"{file.Path}:{file.Tokens[item.NameAt].Line}@{tree.Release}";
        var types = (hook == "COMMON" ? programHooks.Select(h => h.ProgramType).Where(t => t != "UNSPEC") : programHooks.Where(h => h.Hook == hook).Select(h => h.ProgramType)).Order(StringComparer.Ordinal).ToList();
        var attaches = Named(file, item, "BPF_").Where(w => !w.StartsWith("BPF_PROG_TYPE_", StringComparison.Ordinal)).Append("").ToList();
        var targets = sets.Values.Where(s => s.File == file && s.Entries is [{ Kind: "func" } only] && only.Name.StartsWith("bpf_lsm_", StringComparison.Ordinal)).Select(s => s.Entries[0].Name).Order(StringComparer.Ordinal).Append("").ToList();
        var answers = new List<(Situation At, bool Allowed)>();
        foreach (var situation in Situations(types, attaches, targets))
        {
            if (new CEvaluator(new FilterWorld(tree, file, files, sets, structOps, kfunc, situation)).Run(file, item, [CValue.Named("prog"), CValue.Named("kfunc_id")]) is not { } result)
                return Owns(kfunc, item.Name) ? new(item.Name, hook) { Inexact = true, Source = source } : null;
            answers.Add((situation, result == CValue.Of(0)));
        }

        if (answers.TrueForAll(a => a.Allowed)) return null;
        var rule = Rule(item.Name, hook, source, answers);
        return answers.TrueForAll(a => Allows(rule, a.At) == a.Allowed) ? rule : new(item.Name, hook) { Inexact = true, Source = source };
    }

    private IEnumerable<Situation> Situations(List<string> types, List<string> attaches, List<string> targets)
    {
        foreach (var type in types.Where(t => t != StructOpsName))
            foreach (var attach in attaches)
                foreach (var target in targets) yield return new(type, attach, target, null, null, -1);
        if (!types.Contains(StructOpsName)) yield break;
        foreach (var ops in structOps)
            for (var i = 0; i < ops.Members.Length; i++) yield return new(StructOpsName, "", "", ops.Type, ops.Members[i], i);
    }

    private FilterFact Rule(string name, string hook, string source, List<(Situation At, bool Allowed)> answers)
    {
        var allowed = answers.Where(a => a.Allowed).Select(a => a.At).ToList();

        // A program is never UNSPEC: the rule that allows nothing.
        if (allowed.Count == 0) return new(name, hook) { ProgramTypes = ["UNSPEC"], Source = source };
        var free = answers.Where(a => a.At.Type != StructOpsName).ToList();
        var refusedTargets = free.Where(a => a.At.Target.Length > 0).Select(a => a.At.Target).Distinct()
            .Where(t => free.Exists(a => a.At.Target == t && !a.Allowed && free.Exists(b => b.Allowed && b.At == a.At with { Target = "" })));
        var attaches = free.Where(a => a.Allowed).Select(a => a.At.Attach).Distinct().ToList();
        return new(name, hook)
        {
            ProgramTypes = [.. allowed.Select(a => a.Type).Distinct().Order(StringComparer.Ordinal)],
            AttachTypes = attaches.Contains("") ? [] : [.. attaches.Select(a => a["BPF_".Length..]).Order(StringComparer.Ordinal)],
            ExcludedTargets = [.. refusedTargets.Select(t => t["bpf_lsm_".Length..]).Order(StringComparer.Ordinal)],
            StructOpsMembers = Members(answers),
            Source = source,
        };
    }

    /// <summary>The allowed members, a type of which all are allowed as <c>type.*</c>.</summary>
    private ImmutableArray<string> Members(List<(Situation At, bool Allowed)> answers)
    {
        var members = answers.Where(a => a.At.Type == StructOpsName).ToList();
        if (members.TrueForAll(a => a.Allowed)) return [];
        return [.. members.GroupBy(a => a.At.StructOps!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany<IGrouping<string, (Situation At, bool Allowed)>, string>(g => g.All(a => a.Allowed) ? [$"{g.Key}.*"] : g.Where(a => a.Allowed).Select(a => $"{g.Key}.{a.At.Member}").Order(StringComparer.Ordinal))];
    }

    /// <summary>The rule's answer, as callers of the model will have it.</summary>
    private static bool Allows(FilterFact rule, Situation at) =>
        rule.ProgramTypes.Contains(at.Type)
        && (at.Type == StructOpsName
            ? rule.StructOpsMembers.IsEmpty || rule.StructOpsMembers.Contains($"{at.StructOps}.*") || rule.StructOpsMembers.Contains($"{at.StructOps}.{at.Member}")
            : (rule.AttachTypes.IsEmpty || rule.AttachTypes.Contains(at.Attach.Length > 0 ? at.Attach["BPF_".Length..] : "")) && !(at.Target.Length > 0 && rule.ExcludedTargets.Contains(at.Target["bpf_lsm_".Length..])));

    private bool Owns(string kfunc, string filter) =>
        registrations.Any(r => r.Filter == filter && sets.TryGetValue((r.File.Path, r.Set), out var set) && set.Entries.Any(e => e.Name == kfunc));

    /// <summary>Constants that a function names, itself or through functions of its file.</summary>
    private static IEnumerable<string> Named(CFile file, CItem item, string prefix)
    {
        var bodies = new List<CItem> { item };
        for (var i = item.Body; i < item.BodyEnd; i++)
            if (file.Tokens[i].IsIdentifier && file.Tokens[i + 1].Is("(") && file.Items.FirstOrDefault(f => f.Kind == CItemKind.Function && f.Name == file.Tokens[i].Text) is { } callee) bodies.Add(callee);
        return bodies.SelectMany(b => file.Tokens[b.Body..b.BodyEnd]).Where(t => t.IsIdentifier && t.Text.StartsWith(prefix, StringComparison.Ordinal)).Select(t => t.Text).Distinct().Order(StringComparer.Ordinal);
    }
}

/// <summary>One program that a filter is asked about.</summary>
internal sealed record Situation(string Type, string Attach, string Target, string? StructOps, string? Member, int MemberIndex);

/// <summary>What a filter sees: one kfunc, one program.</summary>
internal sealed class FilterWorld(SourceTree tree, CFile file, IReadOnlyList<CFile> files, Dictionary<(string File, string Set), IdSet> sets, ImmutableArray<StructOpsVariable> structOps, string kfunc, Situation at) : ICWorld
{
    private const int MaxNesting = 8;
    private int _nesting;

    public CValue? Path(string path) => path switch
    {
        "prog->type" => CValue.Named("BPF_PROG_TYPE_" + at.Type),
        "prog->expected_attach_type" => CValue.Named(at.Attach.Length > 0 ? at.Attach : "another attach type"),
        "prog->aux->attach_btf_id" => CValue.Named(at.Target.Length > 0 ? at.Target : "another target"),
        "prog->aux->st_ops" => at.StructOps is null ? CValue.Of(0) : CValue.Named("&" + structOps.First(s => s.Type == at.StructOps).Variable),
        "prog->aux->attach_st_ops_member_off" => CValue.Of(8L * at.MemberIndex),
        _ => null,
    };

    public CValue? Name(string name)
    {
        if (name.StartsWith("BPF_", StringComparison.Ordinal)) return CValue.Named(name);
        if (name.StartsWith('E') && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))) return CValue.Of(1);
        foreach (var item in file.Items.Where(i => i.Kind == CItemKind.Declaration && i.Body >= 0 && file.Tokens[i.Start].Is("enum")))
            if (Enumerator(item, name) is { } value) return value;
        return null;
    }

    public CValue? Element(string array, CValue index)
    {
        if (sets.TryGetValue((file.Path, array), out var set) && index.Symbol is null && index.Number >= 0 && index.Number < set.Entries.Length) return CValue.Named(set.Entries[(int)index.Number].Name);
        var item = file.Items.FirstOrDefault(i => i.Kind == CItemKind.Declaration && i.Name == array && i.NameAt >= 0 && i.Body > i.NameAt);
        if (item is null) return null;
        foreach (var row in CItems.Arguments(file.Tokens, item.Body, item.BodyEnd))
        {
            if (row.IsEmpty || !row[0].Is("[")) return null;
            var close = CItems.Closing(row, 0);
            if (close < 1 || Constant(row[1..close]) is not { } place) return null;
            if (place == index) return Constant(row[Math.Min(close + 2, row.Length)..]);
        }

        return CValue.Of(0);
    }

    public CValue? Call(string function, ImmutableArray<ImmutableArray<CToken>> arguments) => function switch
    {
        "btf_id_set8_contains" or "btf_id_set_contains" when arguments is [[{ Text: "&" }, var set], ..] => Contains(set.Text),
        "offsetof" when arguments is [[{ Text: "struct" }, var type], var field] && Index(type.Text, field[^1].Text) is { } index => CValue.Of(8L * index),
        _ => null,
    };

    public (CFile File, CItem Item)? Function(string name) =>
        files.Prepend(file).Select(f => (File: f, Item: f.Items.FirstOrDefault(i => i.Kind == CItemKind.Function && i.Name == name))).Where(f => f.Item is not null).Select(f => ((CFile, CItem)?)(f.File, f.Item!)).FirstOrDefault();

    public CMacro? Macro(string name) => file.Macros.LastOrDefault(m => m.Name == name) ?? (name.Contains("_IDX", StringComparison.Ordinal) ? tree.MacroNear(file, name) : null);

    private CValue? Contains(string name)
    {
        var set = sets.GetValueOrDefault((file.Path, name)) ?? sets.Where(s => s.Key.Set == name).OrderBy(s => s.Key.File, StringComparer.Ordinal).Select(s => s.Value).FirstOrDefault();
        return set is null ? null : CValue.Of(set.Entries.Any(e => e.Name == kfunc));
    }

    private int? Index(string type, string member) => structOps.FirstOrDefault(s => s.Type == type) is { } found && found.Members.IndexOf(member) is >= 0 and var index ? index : null;

    /// <summary>The value of an enumerator that has its own, or follows one by steps of one.</summary>
    private CValue? Enumerator(CItem item, string name)
    {
        var next = 0L;
        foreach (var cell in CItems.Arguments(file.Tokens, item.Body, item.BodyEnd))
        {
            if (cell.IsEmpty) continue;
            if (cell.Length > 2 && cell[1].Is("=")) { if (cell[0].Text == name) return Constant(cell[2..]); if (Constant(cell[2..]) is { Symbol: null } own) next = own.Number; }
            else if (cell[0].Text == name) return CValue.Of(next);
            next++;
        }

        return null;
    }

    /// <summary>An expression's value; unknown where names stand for one another without end.</summary>
    private CValue? Constant(ImmutableArray<CToken> text)
    {
        if (_nesting >= MaxNesting) return null;
        _nesting++;
        var value = new CEvaluator(this).Constant(text);
        _nesting--;
        return value;
    }
}
