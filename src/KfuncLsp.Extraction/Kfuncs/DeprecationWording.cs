using System.Text.RegularExpressions;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>Reads from the comment before a function whether it advises against it; only the fact is kept.</summary>
internal static partial class DeprecationWording
{
    public static DeprecationFact? In(Definition definition, string source)
    {
        if (definition.Comment?.Text is not { } text) return null;
        if (!text.Contains("deprecated", StringComparison.OrdinalIgnoreCase) && !text.Contains("COMPAT:", StringComparison.Ordinal) && !Removed().IsMatch(text)) return null;
        var until = Removed().Match(text) is { Success: true } match ? match.Groups[1].Value : null;
        var replacement = Instead().Match(text) is { Success: true } named ? named.Groups[1].Value : null;
        return new(replacement == definition.Prototype.Name ? null : replacement, until, source);
    }

    [GeneratedRegex(@"(?i:removed) in v(\d+\.\d+)")]
    private static partial Regex Removed();

    [GeneratedRegex(@"(?:[Uu]se|[Rr]eplaced by|superseded by)\s+(?:\*\s+)?@?([a-z_0-9]+)\(\)")]
    private static partial Regex Instead();
}
