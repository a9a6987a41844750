using System.Collections.Immutable;
using System.Globalization;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Extraction.Kfuncs;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>Helpers: their numbers, and the <c>bpf_func_proto</c>s that program types give for them.</summary>
internal sealed class HelperProtos
{
    private readonly SourceTree _tree;
    private readonly Dictionary<string, HelperFact> _protos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _given = new(StringComparer.Ordinal);
    private readonly HashSet<string> _onlySleepable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _typeNames;

    private HelperProtos(SourceTree tree)
    {
        _tree = tree;
        _typeNames = BtfTypeNames();
    }

    public static ImmutableArray<HelperFact> Of(SourceTree tree, List<string> issues)
    {
        var reader = new HelperProtos(tree);
        var files = tree.Mentioning("struct bpf_func_proto", "return &bpf_").Select(tree.Read).OfType<CFile>().ToList();
        foreach (var file in files) reader.Protos(file);
        foreach (var file in files) reader.Switches(file);
        return [.. Numbers(tree, issues).Select(n => reader.Helper(n.Name, n.Id)).OfType<HelperFact>().OrderBy(h => h.Id)];
    }

    /// <summary>The number of each helper, from the list in the UAPI header.</summary>
    private static IEnumerable<(string Name, int Id)> Numbers(SourceTree tree, List<string> issues)
    {
        var file = tree.Read("include/uapi/linux/bpf.h");
        var mapper = file?.Macros.FirstOrDefault(m => m.Name == "___BPF_FUNC_MAPPER") ?? file?.Macros.FirstOrDefault(m => m.Name == "__BPF_FUNC_MAPPER");
        if (mapper is null) { issues.Add("include/uapi/linux/bpf.h: no list of helpers"); yield break; }
        var next = 0;
        for (var i = 0; i + 2 < mapper.Body.Length; i++)
        {
            if (!mapper.Body[i].Is("FN") || !mapper.Body[i + 1].Is("(")) continue;
            var cells = CItems.Arguments(mapper.Body, i + 1, CItems.Closing(mapper.Body, i + 1));
            if (cells is not [[var name, ..], ..]) continue;
            if (cells is [_, [var number, ..], ..] && int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) next = id;
            yield return (name.Text, next++);
        }
    }

    private void Protos(CFile file)
    {
        var lists = KfuncSets.In(file, _ => null).DistinctBy(s => s.Name).ToDictionary(s => s.Name, StringComparer.Ordinal);
        foreach (var item in file.Items)
        {
            if (item.Kind != CItemKind.Declaration || item.Body < 0 || !file.Tokens[item.Start..item.Body].Any(t => t.Is("bpf_func_proto"))) continue;
            var fields = new Dictionary<string, ImmutableArray<CToken>>(StringComparer.Ordinal);
            foreach (var cell in CItems.Arguments(file.Tokens, item.Body, item.BodyEnd))
                if (cell is [{ Text: "." }, { IsIdentifier: true } field, { Text: "=" }, ..]) fields[field.Text] = cell[3..];
            if (fields.ContainsKey("func")) _protos.TryAdd(item.Name, Proto(item.Name, fields, lists, $"{file.Path}:{file.Tokens[item.Start].Line}@{_tree.Release}"));
        }
    }

    private HelperFact Proto(string name, Dictionary<string, ImmutableArray<CToken>> fields, Dictionary<string, IdSet> lists, string source)
    {
        string Text(string field) => fields.TryGetValue(field, out var value) ? CDeclarator.Spaced(value) : "";
        var arguments = Enumerable.Range(1, 5).Select(n => Text($"arg{n}_type")).Reverse().SkipWhile(a => a.Length == 0 || a == "ARG_DONTCARE").Reverse();
        var btf = Enumerable.Range(0, 6).Select(n => (Index: n - 1, Field: n == 0 ? "ret_btf_id" : $"arg{n}_btf_id"))
            .Where(f => fields.ContainsKey(f.Field)).Select(f => (f.Index, Struct: Struct(fields[f.Field], lists))).Where(f => f.Struct is not null).Select(f => new HelperBtfFact(f.Index, f.Struct!));
        return new() { Name = name, Returns = Text("ret_type"), Arguments = [.. arguments], Btf = [.. btf], GplOnly = Text("gpl_only") == "true", MightSleep = Text("might_sleep") == "true", Source = source };
    }

    /// <summary><c>&amp;btf_sock_ids[BTF_SOCK_TYPE_TCP]</c>, <c>&amp;list[0]</c> or <c>list</c> → the struct's name.</summary>
    private string? Struct(ImmutableArray<CToken> value, Dictionary<string, IdSet> lists)
    {
        if (value is [{ Text: "&" }, _, { Text: "[" }, { IsIdentifier: true } named, ..]) return _typeNames.GetValueOrDefault(named.Text);
        if (value.IsEmpty) return null;
        var list = value is [{ Text: "&" }, { IsIdentifier: true } a, ..] ? a.Text : value[0].Text;
        var index = value.FirstOrDefault(t => t.Kind == CTokenKind.Number).Text is { } digits && int.TryParse(digits, out var number) ? number : 0;
        return lists.TryGetValue(list, out var set) && index < set.Entries.Length ? set.Entries[index].Name : null;
    }

    /// <summary>Which prototypes each <c>case BPF_FUNC_…</c> of the program types' switches returns.</summary>
    private void Switches(CFile file)
    {
        foreach (var function in file.Items.Where(i => i.Kind == CItemKind.Function))
        {
            var cases = new List<string>();
            for (var i = function.Body; i < function.BodyEnd; i++)
            {
                if (file.Tokens[i].Is("case") && file.Tokens[i + 1].Text.StartsWith("BPF_FUNC_", StringComparison.Ordinal)) cases.Add(file.Tokens[i + 1].Text["BPF_FUNC_".Length..]);
                if (file.Tokens[i].Is("break")) cases.Clear();
                if (!file.Tokens[i].Is("return") && !(file.Tokens[i].Is("=") && file.Tokens[i + 1].Is("&") && cases.Count > 0)) continue;
                var end = i;
                while (!file.Tokens[end].Is(";") && end < function.BodyEnd) end++;
                var expression = file.Tokens[i..end];
                var names = Returned(file, expression);
                if (expression.Any(t => t.Is("sleepable")) && expression[^1].Is("NULL")) _onlySleepable.UnionWith(names);
                foreach (var helper in cases)
                {
                    if (!_given.TryGetValue(helper, out var list)) _given[helper] = list = [];
                    list.AddRange(names);
                }

                // A return under an `if` leaves the case open for the one after it.
                if (!file.Tokens[i - 1].Is(")")) cases.Clear();
            }
        }
    }

    private List<string> Returned(CFile file, ImmutableArray<CToken> expression)
    {
        var names = expression.Where(t => t.IsIdentifier && _protos.ContainsKey(t.Text)).Select(t => t.Text).ToList();
        if (names.Count > 0 || expression is not [_, { IsIdentifier: true } callee, { Text: "(" }, ..]) return names;
        return callee.Text switch
        {
            // Sets up printk, then hands out the prototype.
            "bpf_get_trace_printk_proto" => ["bpf_trace_printk_proto"],
            "bpf_get_trace_vprintk_proto" => ["bpf_trace_vprintk_proto"],
            "bpf_get_skb_set_tunnel_proto" or "bpf_get_probe_write_proto" => file.Items.FirstOrDefault(i => i.Kind == CItemKind.Function && i.Name == callee.Text) is { } item
                ? [.. file.Tokens[item.Body..item.BodyEnd].Where(t => t.IsIdentifier && _protos.ContainsKey(t.Text)).Select(t => t.Text).Distinct()] : [],
            _ => [],
        };
    }

    private HelperFact? Helper(string name, int id)
    {
        if (id == 0) return null;
        var all = (_given.GetValueOrDefault(name) ?? []).GroupBy(p => p, StringComparer.Ordinal).OrderByDescending(g => g.Key == $"bpf_{name}_proto").ThenByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToList();
        if (all.Count == 0 && _protos.ContainsKey($"bpf_{name}_proto")) all.Add($"bpf_{name}_proto");
        if (all.Count == 0) return new() { Name = $"bpf_{name}", Id = id };
        var first = _protos[all[0]];
        var variants = all.Skip(1).Select(p => _protos[p]).Where(p => p.Returns != first.Returns || !p.Arguments.SequenceEqual(first.Arguments)).Select(p => new HelperVariantFact(p.Name, p.Returns, p.Arguments, p.Source));
        return first with { Name = $"bpf_{name}", Id = id, MightSleep = first.MightSleep || _onlySleepable.Contains(all[0]), Variants = [.. variants] };
    }

    /// <summary><c>BTF_SOCK_TYPE_TCP</c> → <c>tcp_sock</c>, from the lists that the kernel makes its arrays of.</summary>
    private Dictionary<string, string> BtfTypeNames()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_tree.Read("include/linux/btf_ids.h") is not { } file) return names;
        foreach (var macro in file.Macros.Where(m => m.Name is "BTF_SOCK_TYPE_xxx" or "BTF_TRACING_TYPE_xxx"))
            for (var i = 0; i + 4 < macro.Body.Length; i++)
                if (macro.Body[i].Text is "BTF_SOCK_TYPE" or "BTF_TRACING_TYPE" && macro.Body[i + 1].Is("(")) names.TryAdd(macro.Body[i + 2].Text, macro.Body[i + 4].Text);
        return names;
    }
}
