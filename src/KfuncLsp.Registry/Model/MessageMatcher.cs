using System.Collections.Immutable;

namespace KfuncLsp.Registry;

/// <summary>Tells which condition of a catalogue a kernel's message is an instance of.</summary>
public sealed class MessageMatcher
{
    private readonly List<Pattern> _patterns = [];

    public MessageMatcher(MessageCatalog catalog)
    {
        // libbpf's words for a call to a kfunc that the kernel lacks; the kernel only says that the call is invalid.
        Add("kfunc-dead-call-not-removed", "kfunc '%s' is referenced but wasn't resolved");
        foreach (var condition in catalog.Conditions)
            foreach (var format in catalog.Formats(condition)) Add(condition, format);
    }

    /// <summary>The conditions whose format matches with the most literal text: several where kernels print the same for them, none for another message.</summary>
    public ImmutableArray<string> Of(string message) => Best(message).Conditions;

    /// <summary>As <see cref="Of"/>, with the number of literal characters that match.</summary>
    public (ImmutableArray<string> Conditions, int Literal) Best(string message)
    {
        var matches = _patterns.Where(p => p.Literal > 0 && p.Matches(message)).ToList();
        if (matches.Count == 0) return ([], 0);
        var literal = matches.Max(p => p.Literal);
        return ([.. matches.Where(p => p.Literal == literal).Select(p => p.Condition).Distinct().Order(StringComparer.Ordinal)], literal);
    }

    /// <summary>A format of several lines is recognised by its first: a log is read by lines.</summary>
    /// <remarks>One that does not end its line is continued by others: it is recognised by what the line begins with.</remarks>
    private void Add(string condition, string format) =>
        _patterns.Add(new(condition, LiteralsOf(format.TrimEnd('\n').Split('\n')[0])) { IsContinued = !format.EndsWith('\n') });

    /// <summary>The text between the printf directives, which stand for anything.</summary>
    private static List<string> LiteralsOf(string line)
    {
        var literals = new List<string>();
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '%' || i + 1 < line.Length && line[i + 1] == '%')
            {
                if (line[i] == '%') i++;
                text.Append(line[i]);
                continue;
            }

            i++;
            while (i < line.Length && !char.IsAsciiLetter(line[i])) i++;
            while (i < line.Length && line[i] is 'l' or 'h' or 'z') i++;
            literals.Add(text.ToString());
            text.Clear();
        }

        literals.Add(text.ToString());
        return literals;
    }

    private sealed record Pattern(string Condition, List<string> Literals)
    {
        public int Literal { get; } = Literals.Sum(l => l.Length);

        public bool IsContinued { get; init; }

        public bool Matches(string message)
        {
            if (Literals.Count == 1) return IsContinued ? message.StartsWith(Literals[0], StringComparison.Ordinal) : message == Literals[0];
            if (!message.StartsWith(Literals[0], StringComparison.Ordinal)) return false;
            var at = Literals[0].Length;
            foreach (var literal in Literals.Skip(1).SkipLast(1))
            {
                var found = message.IndexOf(literal, at, StringComparison.Ordinal);
                if (found < 0) return false;
                at = found + literal.Length;
            }

            if (IsContinued) return message.IndexOf(Literals[^1], at, StringComparison.Ordinal) >= 0;
            return message.Length - at >= Literals[^1].Length && message.EndsWith(Literals[^1], StringComparison.Ordinal);
        }
    }
}
