using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Splits a command line as a POSIX shell would, without running anything.</summary>
internal static class ShellWords
{
    /// <summary>The words of a command. Variables, substitutions and operators are plain text.</summary>
    /// <remarks>Errors: an open quote reaches to the end.</remarks>
    public static ImmutableArray<string> Split(string command)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var isWord = false;
        var quote = '\0';
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (quote == '\'')
            {
                if (c == '\'') quote = '\0';
                else word.Append(c);
            }
            else if (c == '\\' && i + 1 < command.Length)
            {
                // In double quotes a backslash escapes these only; a newline after it vanishes in both.
                var next = command[++i];
                if (next == '\n') continue;
                if (quote == '"' && next is not ('"' or '\\' or '$' or '`')) word.Append('\\');
                word.Append(next);
                isWord = true;
            }
            else if (quote == '"')
            {
                if (c == '"') quote = '\0';
                else word.Append(c);
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                isWord = true;
            }
            else if (char.IsWhiteSpace(c))
            {
                if (isWord) words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (isWord) words.Add(word.ToString());
        return words.ToImmutable();
    }
}
