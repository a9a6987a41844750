using System.Collections.Immutable;
using System.Globalization;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>The table of raw tracepoint arguments that may be NULL or an error pointer, from <c>raw_tp_null_args</c>.</summary>
internal static class TracepointTable
{
    private const string Path = "kernel/bpf/btf.c";

    public static ImmutableArray<TracepointFact> Of(SourceTree tree, List<string> issues)
    {
        var file = tree.Read(Path);
        var table = file?.Items.FirstOrDefault(i => i.Kind == CItemKind.Declaration && i.Name == "raw_tp_null_args" && i.Body >= 0);
        if (file is null || table is null) return [];
        var found = new List<TracepointFact>();
        foreach (var row in CItems.Arguments(file.Tokens, table.Body, table.BodyEnd))
        {
            if (row is not [{ Text: "{" }, { Kind: CTokenKind.Text } name, { Text: "," }, { Kind: CTokenKind.Number }, ..] || Mask(row.AsSpan()[3..]) is not { } mask) { if (row.Length > 0) issues.Add($"{Path}:{row[0].Line}: an odd row of raw_tp_null_args"); continue; }
            found.Add(new(name.Text, Digits(mask), $"{Path}:{name.Line}@{tree.Release}"));
        }

        return [.. found.OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>What a mask says of each argument, a digit for each, from the right.</summary>
    public static ImmutableArray<string> Digits(ulong mask)
    {
        var digits = ImmutableArray.CreateBuilder<string>();
        for (; mask != 0; mask >>= 4) digits.Add((mask & 2) != 0 ? "ERR_PTR" : (mask & 1) != 0 ? "NULL" : "");
        return digits.ToImmutable();
    }

    /// <summary>A mask in hexadecimal, or several of them joined by <c>|</c>; null for another number.</summary>
    private static ulong? Mask(ReadOnlySpan<CToken> tokens)
    {
        var mask = 0ul;
        foreach (var token in tokens)
        {
            if (token.Is("|")) continue;
            if (token.Kind != CTokenKind.Number) break;
            var digits = token.Text.StartsWith("0x", StringComparison.Ordinal) ? token.Text.AsSpan(2).TrimEnd("uUlL") : "";
            if (!ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)) return null;
            mask |= number;
        }

        return mask;
    }
}
