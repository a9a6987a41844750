using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace KfuncLsp.Registry;

/// <summary>The kernel's rejection messages of one version, by our stable condition name.</summary>
/// <remarks>A condition may have several formats; the first is the usual one. Source: <c>Facts/messages.json</c>.</remarks>
public sealed class MessageCatalog(ImmutableDictionary<string, ImmutableArray<string>> formats)
{
    public static readonly MessageCatalog Empty = new(ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    public IEnumerable<string> Conditions => formats.Keys;

    public ImmutableArray<string> Formats(string condition) => formats.GetValueOrDefault(condition, []);

    /// <summary>The kernel's text, with its printf directives replaced by the arguments in order; what is not known prints as <c>…</c>.</summary>
    /// <remarks>Errors: empty where this kernel has no such message. <paramref name="containing"/> picks the format that has this text.</remarks>
    public string Format(string condition, string? containing, params object?[] arguments)
    {
        foreach (var format in Formats(condition))
            if (containing is null || format.Contains(containing, StringComparison.Ordinal)) return Print(format, arguments);
        return "";
    }

    private static string Print(string format, object?[] arguments)
    {
        var text = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%') { text.Append(format[i]); continue; }
            if (i + 1 < format.Length && format[i + 1] == '%') { text.Append('%'); i++; continue; }
            i++;
            while (i < format.Length && !char.IsAsciiLetter(format[i])) i++;
            while (i < format.Length && format[i] is 'l' or 'h' or 'z') i++;
            text.Append(next < arguments.Length ? Convert.ToString(arguments[next], CultureInfo.InvariantCulture) ?? "…" : "…");
            next++;
        }

        return text.ToString().TrimEnd('\n');
    }
}
