using System.Collections.Immutable;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>The names that are declared <c>__rcu</c>: members, and whatever else bears the word, which does no harm.</summary>
internal static class RcuNames
{
    private const string Word = "__rcu";

    public static ImmutableArray<string> Of(SourceTree tree)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in tree.Mentioning(Word)) Collect(tree.Text(path) ?? "", names);
        return [.. names];
    }

    /// <summary>After the word come stars, other annotations and the name: the last word before anything else.</summary>
    private static void Collect(string text, SortedSet<string> names)
    {
        for (var at = text.IndexOf(Word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Word, at + Word.Length, StringComparison.Ordinal))
        {
            if ((at > 0 && IsWordCharacter(text[at - 1])) || (at + Word.Length < text.Length && IsWordCharacter(text[at + Word.Length]))) continue;
            var name = "";
            for (var i = at + Word.Length; i < text.Length;)
            {
                if (char.IsWhiteSpace(text[i]) || text[i] is '*' or '(') { i++; continue; }
                var end = i;
                while (end < text.Length && IsWordCharacter(text[end])) end++;
                if (end == i) break;
                if (!char.IsAsciiDigit(text[i])) name = text[i..end];
                i = end;
            }

            if (name.Length > 0) names.Add(name);
        }
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
