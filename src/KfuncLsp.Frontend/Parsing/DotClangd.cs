using System.Collections.Immutable;
using System.Text.RegularExpressions;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>What a <c>.clangd</c> file says about compile flags for one file.</summary>
/// <remarks>
/// Read: <c>CompileFlags</c> with <c>Add</c>, <c>Remove</c> and <c>CompilationDatabase</c>, and <c>If</c> with <c>PathMatch</c> and <c>PathExclude</c>, in
/// plain YAML (mappings by indentation, lists in either style, scalars plain or quoted). All other keys are clangd's business.
/// </remarks>
internal sealed record DotClangd(ImmutableArray<string> Add, ImmutableArray<string> Remove, string? CompilationDatabase, ImmutableArray<UnitIssue> Issues)
{
    public const string FileName = ".clangd";

    public static DotClangd Read(string path, string file)
    {
        try
        {
            return Parse(path, PlainFile.ReadText(path), file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new([], [], null, [new UnitIssue(UnitIssueKind.Flags, $"{path} cannot be read: {unreadable.Message}", new FileSpan(path, 0, 0))]);
        }
    }

    public static DotClangd Parse(string path, string text, string file)
    {
        var add = ImmutableArray.CreateBuilder<string>();
        var remove = ImmutableArray.CreateBuilder<string>();
        var issues = ImmutableArray.CreateBuilder<UnitIssue>();
        string? database = null;
        var relative = Path.GetRelativePath(Path.GetDirectoryName(path)!, file).Replace('\\', '/');

        void Report(int line, string message) =>
            issues.Add(new UnitIssue(UnitIssueKind.Flags, $"{path}:{line}: {message}", new FileSpan(path, 0, 0)));

        foreach (var fragment in YamlSubset.Documents(text, Report))
        {
            if (!Holds(fragment, relative, Report)) continue;
            foreach (var entry in fragment.Where(e => e.Section == "CompileFlags"))
            {
                switch (entry.Key)
                {
                    case "Add":
                        add.AddRange(entry.Values);
                        break;
                    case "Remove":
                        remove.AddRange(entry.Values);
                        break;
                    case "CompilationDatabase":
                        database = entry.Values.FirstOrDefault();
                        break;
                }
            }
        }

        return new(add.ToImmutable(), remove.ToImmutable(), database, issues.ToImmutable());
    }

    /// <summary>Whether the fragment's <c>If</c> lets it apply. A pattern must match the whole path, as clangd asks.</summary>
    private static bool Holds(IReadOnlyList<YamlEntry> fragment, string relative, Action<int, string> report)
    {
        foreach (var condition in fragment.Where(e => e.Section == "If"))
        {
            var matches = condition.Values.Any(pattern =>
            {
                try
                {
                    return Regex.IsMatch(relative, $"^(?:{pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));
                }
                catch (Exception wrong) when (wrong is ArgumentException or RegexMatchTimeoutException)
                {
                    report(condition.Line, $"the pattern '{pattern}' cannot be used");
                    return false;
                }
            });
            if (condition.Key == "PathMatch" && !matches) return false;
            if (condition.Key == "PathExclude" && matches) return false;
        }

        return true;
    }
}

/// <summary>A key of the second level with its list of values (a scalar is a list of one).</summary>
internal sealed record YamlEntry(string Section, string Key, ImmutableArray<string> Values, int Line);

/// <summary>The part of YAML that <c>.clangd</c> files are written in: two levels of mappings, then scalars and lists of scalars.</summary>
internal static class YamlSubset
{
    public static IEnumerable<IReadOnlyList<YamlEntry>> Documents(string text, Action<int, string> report)
    {
        var document = new List<YamlEntry>();
        var lines = text.Split('\n');
        string section = "", key = "";
        int keyIndent = -1, keyLine = 0;
        var values = ImmutableArray.CreateBuilder<string>();

        void EndKey()
        {
            if (key.Length > 0) document.Add(new(section, key, values.ToImmutable(), keyLine));
            values.Clear();
            key = "";
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var line = WithoutComment(lines[i]).TrimEnd();
            var content = line.TrimStart(' ');
            if (content.Length == 0) continue;
            var indent = line.Length - content.Length;
            if (line is "---" or "...")
            {
                EndKey();
                if (document.Count > 0) yield return document;
                (document, section, keyIndent) = ([], "", -1);
            }
            else if (content[0] == '\t')
            {
                report(i + 1, "a tab cannot indent YAML");
            }
            else if (key.Length > 0 && content.StartsWith('-') && content is "-" or ['-', ' ', ..] && indent >= keyIndent)
            {
                Scalars(content[1..].Trim(), values, i + 1, report);
            }
            else if (Split(content) is not var (name, rest))
            {
                if (section is "CompileFlags" or "If") report(i + 1, "this line is not understood");
            }
            else if (indent == 0)
            {
                EndKey();
                (section, keyIndent) = (name, -1);
                if (rest.Length > 0 && section is "CompileFlags" or "If") FlowMapping(section, rest, i + 1, document, report);
            }
            else if (keyIndent < 0 || indent <= keyIndent)
            {
                EndKey();
                (key, keyIndent, keyLine) = (name, indent, i + 1);

                // A flow list may go on over several lines.
                while (rest.StartsWith('[') && !rest.EndsWith(']') && i + 1 < lines.Length) rest += " " + WithoutComment(lines[++i]).Trim();
                if (rest.Length > 0) Scalars(rest, values, keyLine, report);
            }
        }

        EndKey();
        if (document.Count > 0) yield return document;
    }

    private static void FlowMapping(string section, string rest, int line, List<YamlEntry> document, Action<int, string> report)
    {
        // "CompileFlags: {Add: [-O2, -g], Remove: -m*}"
        if (rest is not ['{', .., '}'])
        {
            report(line, "this line is not understood");
            return;
        }

        foreach (var item in SplitTopLevel(rest[1..^1]))
        {
            if (Split(item.Trim()) is not var (key, value)) continue;
            var values = ImmutableArray.CreateBuilder<string>();
            Scalars(value, values, line, report);
            document.Add(new(section, key, values.ToImmutable(), line));
        }
    }

    private static void Scalars(string text, ImmutableArray<string>.Builder values, int line, Action<int, string> report)
    {
        if (text.StartsWith('['))
        {
            if (!text.EndsWith(']')) report(line, "a list is not closed");
            foreach (var item in SplitTopLevel(text.Trim('[', ']')))
                if (item.Trim() is { Length: > 0 } scalar) values.Add(Unquote(scalar));
        }
        else if (text.Length > 0 && text[0] is '&' or '|' or '>' or '!')
        {
            report(line, $"'{text}' is a form of YAML that is not read");
        }
        else if (text.Length > 0)
        {
            values.Add(Unquote(text));
        }
    }

    private static IEnumerable<string> SplitTopLevel(string text)
    {
        int depth = 0, start = 0;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c is '[' or '{') depth++;
            else if (c is ']' or '}') depth--;
            else if (c == ',' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static (string Name, string Value)? Split(string content)
    {
        var colon = content.IndexOf(':');
        if (colon <= 0 || (colon + 1 < content.Length && content[colon + 1] != ' ')) return null;
        return (Unquote(content[..colon].Trim()), content[(colon + 1)..].Trim());
    }

    private static string Unquote(string scalar) => scalar switch
    {
        ['\'', .. var inner, '\''] => inner.Replace("''", "'"),
        ['"', .. var inner, '"'] => inner.Replace("\\\"", "\"").Replace("\\\\", "\\"),
        _ => scalar,
    };

    /// <summary>A <c>#</c> begins a comment at the start of a line or after a blank, outside quotes.</summary>
    private static string WithoutComment(string line)
    {
        line = line.TrimEnd('\r');
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && (i == 0 || line[i - 1] is ' ' or '[' or ',')) quote = c;
            else if (c == '#' && (i == 0 || line[i - 1] == ' ')) return line[..i];
        }

        return line;
    }
}
