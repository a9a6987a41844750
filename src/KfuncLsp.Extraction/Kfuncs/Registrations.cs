using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>A set put on a hook: <c>register_btf_kfunc_id_set</c> with its program type, set and filter.</summary>
public sealed record Registration(string ProgramType, string Set, string? Filter, CFile File, int Line, int Guard);

/// <summary>Finds the registrations of a file: literal, in loops over arrays, through helper functions, in chains.</summary>
public static class Registrations
{
    /// <summary>The registrations that the functions of a file make.</summary>
    /// <remarks>Errors: a call whose program type or set can't be resolved is reported by place.</remarks>
    public static (ImmutableArray<Registration> Found, ImmutableArray<string> Issues) In(CFile file)
    {
        var found = new List<Registration>();
        var issues = new List<string>();
        var functions = file.Items.Where(i => i.Kind == CItemKind.Function).ToList();
        foreach (var function in functions)
            foreach (var (at, arguments) in Calls(file, function, "register_btf_kfunc_id_set"))
            {
                if (arguments.Length != 2) continue;
                var pairs = Resolve(file, functions, function, arguments[0], arguments[1]);
                if (pairs.Count == 0) issues.Add($"{file.Path}:{file.Tokens[at].Line}: a registration that could not be followed");
                foreach (var (type, kset) in pairs)
                {
                    if (Kset(file, kset) is not { } set) { issues.Add($"{file.Path}:{file.Tokens[at].Line}: no btf_kfunc_id_set named {kset}"); continue; }
                    found.Add(new(type, set.Set, set.Filter, file, file.Tokens[at].Line, file.Tokens[at].Guard));
                }
            }

        return ([.. found], [.. issues]);
    }

    /// <summary>The sets registered as <c>fmod_ret</c> targets.</summary>
    public static IEnumerable<string> FmodRetSets(CFile file) =>
        from function in file.Items
        where function.Kind == CItemKind.Function
        from call in Calls(file, function, "register_btf_fmodret_id_set")
        where call.Arguments is [[{ Text: "&" }, _]]
        let kset = Kset(file, call.Arguments[0][1].Text)
        where kset is not null
        select kset.Value.Set;

    /// <summary>The calls of a name within a function, with their arguments.</summary>
    public static IEnumerable<(int At, ImmutableArray<ImmutableArray<CToken>> Arguments)> Calls(CFile file, CItem function, string name)
    {
        for (var i = function.Body; i < function.BodyEnd; i++)
            if (file.Tokens[i].IsIdentifier && file.Tokens[i].Text == name && file.Tokens[i + 1].Is("("))
                yield return (i, CItems.Arguments(file.Tokens, i + 1, CItems.Closing(file.Tokens, i + 1)));
    }

    private static List<(string Type, string Kset)> Resolve(CFile file, List<CItem> functions, CItem function, ImmutableArray<CToken> type, ImmutableArray<CToken> kset)
    {
        var types = Values(file, function, type, "BPF_PROG_TYPE_");
        var ksets = Values(file, function, kset, "");
        if (types is not null && ksets is not null) return [.. from t in types from k in ksets select (t, k)];

        // The values come in through parameters: look at who calls this function.
        var parameters = CDeclarator.Prototype(file.Tokens, function).Parameters.Select(p => p.Name).ToList();
        var pairs = new List<(string, string)>();
        foreach (var caller in functions)
            foreach (var (_, arguments) in Calls(file, caller, function.Name))
            {
                ImmutableArray<CToken>? Passed(ImmutableArray<CToken> value) =>
                    value is [{ IsIdentifier: true } word] && parameters.IndexOf(word.Text) is >= 0 and var index && index < arguments.Length ? arguments[index] : null;
                var callerTypes = types ?? (Passed(type) is { } passedType ? Values(file, caller, passedType, "BPF_PROG_TYPE_") : null);
                var callerKsets = ksets ?? (Passed(kset) is { } passedKset ? Values(file, caller, passedKset, "") : null);
                if (callerTypes is not null && callerKsets is not null) pairs.AddRange(from t in callerTypes from k in callerKsets select (t, k));
            }

        return pairs;
    }

    /// <summary>The constants that an argument can be: itself, or every element of the array it indexes; null where it is neither.</summary>
    private static List<string>? Values(CFile file, CItem function, ImmutableArray<CToken> value, string prefix)
    {
        if (value is [{ IsIdentifier: true } constant] && prefix.Length > 0 && constant.Text.StartsWith(prefix, StringComparison.Ordinal)) return [constant.Text[prefix.Length..]];
        if (prefix.Length == 0 && value is [{ Text: "&" }, { IsIdentifier: true } named]) return [named.Text];
        var array = value is [{ IsIdentifier: true } a, { Text: "[" }, ..] ? a.Text : value is [{ Text: "&" }, { IsIdentifier: true } b, { Text: "[" }, ..] ? b.Text : null;
        if (array is null) return null;
        return Elements(file, function, array, prefix) is { Count: > 0 } elements ? elements : null;
    }

    /// <summary>The elements of an array that is initialised in a function or in its file.</summary>
    private static List<string> Elements(CFile file, CItem function, string array, string prefix)
    {
        var tokens = file.Tokens;
        var ranges = new[] { (function.Body, function.BodyEnd) }.Concat(file.Items.Where(i => i.Kind == CItemKind.Declaration && i.Name == array).Select(i => (i.Start, i.End)));
        foreach (var (start, end) in ranges)
            for (var i = start; i < end; i++)
            {
                if (!tokens[i].IsIdentifier || tokens[i].Text != array || !tokens[i + 1].Is("[")) continue;
                var equals = CItems.Closing(tokens, i + 1) + 1;
                while (equals < end && tokens[equals].IsIdentifier) equals++;
                if (equals + 1 >= end || !tokens[equals].Is("=") || !tokens[equals + 1].Is("{")) continue;
                var words = tokens[(equals + 2)..CItems.Closing(tokens, equals + 1)].Where(t => t.IsIdentifier && t.Text.StartsWith(prefix, StringComparison.Ordinal) && t.Text is not "THIS_MODULE");
                return [.. words.Select(t => t.Text[prefix.Length..])];
            }

        return [];
    }

    private static (string Set, string? Filter)? Kset(CFile file, string name)
    {
        foreach (var item in file.Items)
        {
            if (item.Kind != CItemKind.Declaration || item.Name != name || item.Body < 0) continue;
            var (set, filter) = ((string?)null, (string?)null);
            foreach (var field in CItems.Arguments(file.Tokens, item.Body, item.BodyEnd))
            {
                if (field is [{ Text: "." }, { Text: "set" }, { Text: "=" }, { Text: "&" }, _, ..]) set = field[4].Text;
                if (field is [{ Text: "." }, { Text: "filter" }, { Text: "=" }, _, ..]) filter = field[^1].Text;
            }

            if (set is not null) return (set, filter);
        }

        return null;
    }
}
