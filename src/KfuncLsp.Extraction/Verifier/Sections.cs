using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>SEC() names, from libbpf's <c>section_defs</c>; in libbpf's order, which decides.</summary>
internal static class Sections
{
    private const string File = "tools/lib/bpf/libbpf.c";

    public static ImmutableArray<SectionFact> Of(SourceTree tree, List<string> issues)
    {
        var file = tree.Read(File);
        var table = file?.Items.FirstOrDefault(i => i.Kind == CItemKind.Declaration && i.Name == "section_defs" && i.Body >= 0);
        if (file is null || table is null)
        {
            issues.Add($"{File}: no section_defs");
            return [];
        }

        var found = ImmutableArray.CreateBuilder<SectionFact>();
        foreach (var row in CItems.Arguments(file.Tokens, table.Body, table.BodyEnd))
        {
            if (row is not [{ Text: "SEC_DEF" }, { Text: "(" }, ..]) continue;
            var cells = CItems.Arguments(row, 1, row.Length - 1);
            if (cells.Length < 4) { issues.Add($"{File}:{row[0].Line}: a section with {cells.Length} columns"); continue; }
            if (cells.Take(3).Any(c => c.Length == 0)) { issues.Add($"{File}:{row[0].Line}: a section with an empty column"); continue; }
            var attach = cells[2][0].Text;
            found.Add(new(cells[0][0].Text, cells[1][0].Text, attach == "0" ? "" : attach.StartsWith("BPF_", StringComparison.Ordinal) ? attach[4..] : attach,
                [.. cells[3].Where(t => t.IsIdentifier && t.Text != "SEC_NONE").Select(t => t.Text)], $"{File}:{row[0].Line}@{tree.Release}"));
        }

        return found.ToImmutable();
    }
}
