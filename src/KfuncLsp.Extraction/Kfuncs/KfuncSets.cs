using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>One entry of a BTF id set.</summary>
public sealed record SetEntry(string Kind, string Name, ImmutableArray<string> Flags, int Line, int Guard);

/// <summary>A BTF id set of one file.</summary>
public sealed record IdSet(string Name, CFile File, ImmutableArray<SetEntry> Entries, int Line);

/// <summary>Finds the BTF id sets and lists of a file, with entries behind macros and guards.</summary>
public sealed class KfuncSets
{
    private readonly CFile _file;
    private readonly ImmutableArray<CToken> _tokens;
    private readonly Func<string, CMacro?> _elsewhere;
    private readonly Dictionary<string, (List<SetEntry> Entries, int Line)> _sets = new(StringComparer.Ordinal);

    private KfuncSets(CFile file, Func<string, CMacro?> elsewhere) => (_file, _tokens, _elsewhere) = (file, file.Tokens, elsewhere);

    /// <summary>All sets and lists of a file; one that is written twice under different guards is one set.</summary>
    /// <remarks><paramref name="elsewhere"/> finds a macro that entries stand behind and that the file itself does not define.</remarks>
    public static ImmutableArray<IdSet> In(CFile file, Func<string, CMacro?> elsewhere)
    {
        var reader = new KfuncSets(file, elsewhere);
        for (var i = 0; i + 2 < file.Tokens.Length; i++)
            if (file.Tokens[i].IsIdentifier && file.Tokens[i + 1].Is("(")) i = reader.Set(i);
        return [.. reader._sets.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new IdSet(s.Key, file, [.. s.Value.Entries], s.Value.Line))];
    }

    /// <summary>Reads a set that may start at a token; the index of its last token.</summary>
    private int Set(int start)
    {
        var name = _tokens[start + 2].Text;
        switch (_tokens[start].Text)
        {
            case "BTF_SET8_START" or "BTF_KFUNCS_START" or "BTF_SET_START" or "BTF_SET_START_GLOBAL":
                return Until(start + 4, Begin(name, start), isClosed: true);
            case "BTF_ID_LIST" or "BTF_ID_LIST_GLOBAL":
                return Until(CItems.Closing(_tokens, start + 1) + 1, Begin(name, start), isClosed: false);
            case "BTF_ID_LIST_SINGLE" or "BTF_ID_LIST_GLOBAL_SINGLE":
                var close = CItems.Closing(_tokens, start + 1);
                var cells = CItems.Arguments(_tokens, start + 1, close);
                if (cells is [_, [var kind, ..], [var of, ..]]) Begin(name, start).Add(new(kind.Text, of.Text, [], _tokens[start].Line, _tokens[start].Guard));
                return close;
            default:
                return start;
        }
    }

    private List<SetEntry> Begin(string name, int at)
    {
        if (!_sets.TryGetValue(name, out var set)) _sets[name] = set = ([], _tokens[at].Line);
        return set.Entries;
    }

    private int Until(int start, List<SetEntry> entries, bool isClosed)
    {
        for (var i = start; i < _tokens.Length; i++)
        {
            var word = _tokens[i];
            if (word.Is(";")) continue;
            if (word.Text is "BTF_SET_END" or "BTF_SET8_END" or "BTF_KFUNCS_END") return i;
            if (!word.IsIdentifier || (!word.Text.StartsWith("BTF_ID", StringComparison.Ordinal) && Macro(word) is null)) { if (isClosed) continue; return i - 1; }
            if (word.Text.StartsWith("BTF_ID_LIST", StringComparison.Ordinal)) return i - 1;
            var end = i + 1 < _tokens.Length && _tokens[i + 1].Is("(") ? CItems.Closing(_tokens, i + 1) : i;
            Add(entries, _tokens[i..(end + 1)]);
            i = end;
        }

        return _tokens.Length;
    }

    private void Add(List<SetEntry> entries, ImmutableArray<CToken> call)
    {
        if (call[0].Text is not ("BTF_ID" or "BTF_ID_FLAGS"))
        {
            if (call[0].Text == "BTF_ID_UNUSED") { entries.Add(new("unused", "", [], call[0].Line, call[0].Guard)); return; }
            var expanded = Expand(call);
            for (var i = 0; i < expanded.Length; i++)
            {
                if (expanded[i].Text is not ("BTF_ID" or "BTF_ID_FLAGS") || i + 1 >= expanded.Length) continue;
                var close = CItems.Closing(expanded, i + 1);
                Add(entries, expanded[i..(close + 1)]);
                i = close;
            }

            return;
        }

        var cells = CItems.Arguments(call, 1, call.Length - 1);
        if (cells is not [[var kind, ..], [_, ..], ..] || Expand(cells[1], local: true) is not [var name, ..]) return;
        var flags = cells is [_, _, [_, ..], ..] ? Expand(cells[2], local: true).Where(t => t.IsIdentifier).Select(t => t.Text) : [];
        entries.Add(new(kind.Text, name.Text, [.. flags], call[0].Line, call[0].Guard));
    }

    /// <summary>Expands with the macros as they are defined at the tokens' line.</summary>
    private ImmutableArray<CToken> Expand(ImmutableArray<CToken> part, bool local = false)
    {
        var known = _file.Macros.Where(m => m.Line < part[0].Line && !m.Name.StartsWith("BTF_", StringComparison.Ordinal)).ToList();
        if (!local && Macro(part[0]) is { } macro && !known.Contains(macro)) known.Add(macro);
        return new MacroExpander(known).Expand(part);
    }

    private CMacro? Macro(CToken word) => word.Text.StartsWith("BTF_", StringComparison.Ordinal) ? null
        : _file.Macros.LastOrDefault(m => m.Name == word.Text && m.Line < word.Line) ?? (word.Text.Any(char.IsAsciiLetterUpper) ? _elsewhere(word.Text) : null);
}
