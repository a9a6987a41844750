using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Extraction.Kfuncs;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>A <c>bpf_struct_ops</c> variable: what programs may implement.</summary>
internal sealed record StructOpsVariable(string Variable, string Type, CFile File, CItem Item, ImmutableDictionary<string, string> Fields, ImmutableArray<string> Members);

/// <summary>Finds the struct_ops types with their members, annotated stubs, and the members that may sleep.</summary>
internal sealed class StructOpsTypes(SourceTree tree, StructIndex structs, List<string> issues)
{
    /// <summary>The variables, by type.</summary>
    public ImmutableArray<StructOpsVariable> Variables { get; private set; } = [];

    public ImmutableArray<StructOpsFact> Find()
    {
        var found = new List<StructOpsVariable>();
        foreach (var path in tree.Mentioning("struct bpf_struct_ops "))
            if (tree.Read(path) is { } file)
                foreach (var item in file.Items)
                    if (Variable(file, item) is { } variable) found.Add(variable);
        Variables = [.. found.OrderBy(v => v.Type, StringComparer.Ordinal).ThenBy(v => v.File.Path, StringComparer.Ordinal).DistinctBy(v => v.Type)];
        return [.. Variables.Select(Fact)];
    }

    private StructOpsVariable? Variable(CFile file, CItem item)
    {
        if (item.Kind != CItemKind.Declaration || item.Body < 0) return null;
        var head = file.Tokens[item.Start..item.Body];
        if (!head.Any(t => t.Is("bpf_struct_ops")) || !head.Any(t => t.Is("="))) return null;
        var fields = Fields(file, item);
        if (!fields.TryGetValue("name", out var type) || !(fields.ContainsKey("reg") || fields.ContainsKey("init"))) return null;
        return new(item.Name, type, file, item, fields, MemberNames(type));
    }

    /// <summary><c>.field = value</c> of an initialiser, the value's last word or text.</summary>
    private static ImmutableDictionary<string, string> Fields(CFile file, CItem item)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var cell in CItems.Arguments(file.Tokens, item.Body, item.BodyEnd))
            if (cell is [{ Text: "." }, { IsIdentifier: true } name, { Text: "=" }, ..]) fields[name.Text] = cell[^1].Is(")") && cell.Length > 4 ? cell[^2].Text : cell[^1].Text;
        return fields.ToImmutable();
    }

    /// <summary>All members of the type, function or not, in order: the index is the member's place in units of a pointer.</summary>
    private ImmutableArray<string> MemberNames(string type) => structs.Find(type) is { } definition ? [.. definition.Members.Select(m => m.Name)] : [];

    private StructOpsFact Fact(StructOpsVariable variable)
    {
        var stubs = variable.Fields.TryGetValue("cfi_stubs", out var name) ? Stubs(variable.File, name) : ImmutableDictionary<string, string>.Empty;
        var functions = structs.Find(variable.Type)?.Members.Where(m => m.IsFunctionPointer).Select(m => m.Name).ToList() ?? [.. stubs.Keys];
        var members = functions.Distinct().Order(StringComparer.Ordinal).Select(m => Member(variable.File, m, stubs.GetValueOrDefault(m))).ToImmutableArray();
        return new(variable.Type, KfuncExtraction.IsTest(variable.File.Path), members, Sleepable(variable, members), $"{variable.File.Path}:{variable.File.Tokens[variable.Item.Start].Line}@{tree.Release}");
    }

    private static ImmutableDictionary<string, string> Stubs(CFile file, string variable)
    {
        foreach (var item in file.Items)
            if (item.Kind == CItemKind.Declaration && item.Name == variable && item.Body >= 0) return Fields(file, item);
        return ImmutableDictionary<string, string>.Empty;
    }

    private static StructOpsMemberFact Member(CFile file, string member, string? stub)
    {
        var item = stub is null ? null : file.Items.FirstOrDefault(i => i.Kind == CItemKind.Function && i.Name == stub);
        var parameters = item is null ? [] : CDeclarator.Prototype(file.Tokens, item).Parameters;
        return new(member, stub ?? "", [.. parameters.Select((p, i) => new ParameterFact(IsNullableByCheck(file, member, i) ? p.Name + Nullable : p.Name, p.Type))]);
    }

    private const string Nullable = "__nullable";

    /// <summary>Before stubs could say so, sched_ext's <c>is_valid_access</c> told which arguments may be NULL: <c>set_arg_maybe_null("dispatch", 1, …)</c>.</summary>
    private static bool IsNullableByCheck(CFile file, string member, int index)
    {
        var tokens = file.Tokens;
        for (var i = 0; i + 4 < tokens.Length; i++)
            if (tokens[i].Is("set_arg_maybe_null") && tokens[i + 1].Is("(") && tokens[i + 2].Text.Trim('"') == member && tokens[i + 3].Is(",") && tokens[i + 4].Text == $"{index}") return true;
        return false;
    }

    /// <summary>The members for which <c>check_member</c> lets a sleepable program pass; all where there is no such check.</summary>
    private ImmutableArray<string> Sleepable(StructOpsVariable variable, ImmutableArray<StructOpsMemberFact> members)
    {
        if (!variable.Fields.TryGetValue("check_member", out var check)) return [.. members.Select(m => m.Member)];
        var item = variable.File.Items.FirstOrDefault(i => i.Kind == CItemKind.Function && i.Name == check);
        if (item is null) { issues.Add($"{variable.File.Path}: no function {check}"); return []; }
        var allowed = ImmutableArray.CreateBuilder<string>();
        foreach (var member in members)
        {
            var world = new StructOpsWorld(tree, variable, structs, member.Member);
            if (new CEvaluator(world).Run(variable.File, item, [CValue.Named("t"), CValue.Named("member"), CValue.Named("prog")]) is not { } result) { issues.Add($"{variable.File.Path}: {check} could not be evaluated for {member.Member}"); continue; }
            if (result == CValue.Of(0)) allowed.Add(member.Member);
        }

        return allowed.ToImmutable();
    }
}

/// <summary>What <c>check_member</c> sees: a sleepable program at one member.</summary>
internal sealed class StructOpsWorld(SourceTree tree, StructOpsVariable variable, StructIndex structs, string member) : ICWorld
{
    public CValue? Path(string path) => path switch
    {
        "prog->sleepable" => CValue.Of(1),
        "prog->aux->sleepable" => CValue.Of(1),
        _ => null,
    };

    public CValue? Name(string name) => name.StartsWith('E') && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) ? CValue.Of(1) : null;

    public CValue? Element(string array, CValue index) => null;

    public CValue? Call(string function, ImmutableArray<ImmutableArray<CToken>> arguments) => function switch
    {
        "__btf_member_bit_offset" => CValue.Of(Offset(variable.Type, member) * 8),
        "offsetof" when arguments is [[{ Text: "struct" }, var type], var field] => CValue.Of(Offset(type.Text, field[^1].Text)),
        _ => null,
    };

    public (CFile File, CItem Item)? Function(string name) =>
        variable.File.Items.FirstOrDefault(i => i.Kind == CItemKind.Function && i.Name == name) is { } item ? (variable.File, item) : null;

    public CMacro? Macro(string name) => variable.File.Macros.LastOrDefault(m => m.Name == name) ?? (name.Contains("_IDX", StringComparison.Ordinal) ? tree.MacroNear(variable.File, name) : null);

    /// <summary>A stand-in for the byte offset: eight times the member's place, one to one with the real one.</summary>
    private long Offset(string type, string field) =>
        structs.Find(type) is { } definition && definition.Members.ToList().FindIndex(m => m.Name == field) is >= 0 and var index ? 8L * index : -1;
}
