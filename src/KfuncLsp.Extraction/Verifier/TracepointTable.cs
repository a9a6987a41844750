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
            if (row is not [{ Text: "{" }, { Kind: CTokenKind.Text } name, { Text: "," }, { Kind: CTokenKind.Number } mask, ..]) { if (row.Length > 0) issues.Add($"{Path}:{row[0].Line}: an odd row of raw_tp_null_args"); continue; }
            found.Add(new(name.Text, Digits(mask.Text), $"{Path}:{name.Line}@{tree.Release}"));
        }

        return [.. found.OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>A hexadecimal mask, an argument per digit from the right.</summary>
    private static ImmutableArray<string> Digits(string mask)
    {
        var value = ulong.Parse(mask.TrimEnd('u', 'U', 'l', 'L').AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var digits = ImmutableArray.CreateBuilder<string>();
        for (; value != 0; value >>= 4) digits.Add((value & 2) != 0 ? "ERR_PTR" : (value & 1) != 0 ? "NULL" : "");
        return digits.ToImmutable();
    }
}
