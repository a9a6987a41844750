using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using KfuncLsp.Registry;

namespace KfuncLsp.Scoreboard;

/// <summary>Tells which condition of the catalogue a kernel's message is an instance of.</summary>
public sealed class MessageClasses
{
    /// <summary>The class of a message that no format matches.</summary>
    public const string Unknown = "(other)";

    private readonly List<(string Condition, int Literal, Regex Pattern)> _patterns = [];

    public MessageClasses(MessageCatalog catalog)
    {
        // libbpf's words for a call to a kfunc that the kernel lacks; the kernel only says that the call is invalid.
        _patterns.Add(Compile("kfunc-dead-call-not-removed", "kfunc '%s' is referenced but wasn't resolved"));
        foreach (var condition in catalog.Conditions)
            foreach (var format in catalog.Formats(condition))
                _patterns.Add(Compile(condition, format));
    }

    /// <summary>The conditions whose format matches with the most literal text: several where kernels print the same for them.</summary>
    public ImmutableArray<string> Of(string message)
    {
        var matches = _patterns.Where(p => p.Literal > 0 && p.Pattern.IsMatch(message)).ToList();
        if (matches.Count == 0) return [Unknown];
        var literal = matches.Max(p => p.Literal);
        return [.. matches.Where(p => p.Literal == literal).Select(p => p.Condition).Distinct().Order(StringComparer.Ordinal)];
    }

    private static (string, int, Regex) Compile(string condition, string format)
    {
        // A format of several lines is recognised by its first: a label holds one line.
        var line = format.TrimEnd('\n').Split('\n')[0];
        var pattern = new StringBuilder("^");
        var literal = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '%' || i + 1 < line.Length && line[i + 1] == '%')
            {
                if (line[i] == '%') i++;
                pattern.Append(Regex.Escape(line[i].ToString()));
                literal++;
                continue;
            }

            i++;
            while (i < line.Length && !char.IsAsciiLetter(line[i])) i++;
            while (i < line.Length && line[i] is 'l' or 'h' or 'z') i++;
            pattern.Append(".*");
        }

        return (condition, literal, new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
    }
}
