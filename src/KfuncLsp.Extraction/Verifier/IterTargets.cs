using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>bpf_iter targets with their context's pointers, from each <c>struct bpf_iter_reg</c>.</summary>
internal static class IterTargets
{
    public static ImmutableArray<IterFact> Of(SourceTree tree)
    {
        var found = new List<IterFact>();
        var contexts = tree.Mentioning("__bpf_md_ptr(").Select(tree.Read).OfType<CFile>().ToList();
        foreach (var path in tree.Mentioning("struct bpf_iter_reg "))
            if (tree.Read(path) is { } file)
                foreach (var item in file.Items)
                    if (item.Kind == CItemKind.Declaration && item.Body >= 0 && file.Tokens[item.Start..item.Body].Any(t => t.Is("bpf_iter_reg")) && Target(tree, file, item, contexts) is { } target) found.Add(target);
        return [.. found.OrderBy(t => t.Target, StringComparer.Ordinal)];
    }

    private static IterFact? Target(SourceTree tree, CFile file, CItem item, List<CFile> contexts)
    {
        string? name = null;
        var fields = ImmutableArray.CreateBuilder<IterFieldFact>();
        foreach (var cell in CItems.Arguments(file.Tokens, item.Body, item.BodyEnd))
        {
            if (cell is [{ Text: "." }, { Text: "target" }, { Text: "=" }, { Kind: CTokenKind.Text } text]) name = text.Text;
            if (cell is not [{ Text: "." }, { Text: "ctx_arg_info" }, { Text: "=" }, { Text: "{" }, ..]) continue;
            foreach (var row in CItems.Arguments(cell, 3, cell.Length - 1))
                if (Field(file, row, contexts) is { } field) fields.Add(field);
        }

        return name is null ? null : new(name, fields.ToImmutable(), $"{file.Path}:{file.Tokens[item.Start].Line}@{tree.Release}");
    }

    /// <summary><c>{ offsetof(struct bpf_iter__task, task), PTR_TO_BTF_ID_OR_NULL | PTR_TRUSTED }</c></summary>
    private static IterFieldFact? Field(CFile file, ImmutableArray<CToken> row, List<CFile> contexts)
    {
        if (row is not [{ Text: "{" }, { Text: "offsetof" }, ..]) return null;
        if (CItems.Arguments(row, 0, row.Length - 1) is not [[_, _, ..] place, var flags, ..]) return null;
        if (CItems.Arguments(place, 1, place.Length - 1) is not [[.., var structure], [.., var member], ..]) return null;
        var (context, field) = (structure.Text, member.Text);
        return new(field, contexts.Prepend(file).Select(f => FieldType(f, context, field)).FirstOrDefault(t => t.Length > 0) ?? "", [.. flags.Where(t => t.IsIdentifier).Select(t => t.Text)]);
    }

    /// <summary>The pointer's type: <c>__bpf_md_ptr(struct task_struct *, task)</c> in the context's definition.</summary>
    private static string FieldType(CFile file, string context, string field)
    {
        for (var i = 0; i + 2 < file.Tokens.Length; i++)
        {
            if (!file.Tokens[i].Is("struct") || file.Tokens[i + 1].Text != context || !file.Tokens[i + 2].Is("{")) continue;
            var end = CItems.Closing(file.Tokens, i + 2);
            for (var at = i + 3; at < end; at++)
            {
                if (!file.Tokens[at].Is("__bpf_md_ptr")) continue;
                var cells = CItems.Arguments(file.Tokens, at + 1, CItems.Closing(file.Tokens, at + 1));
                if (cells is [_, [.., var name]] && name.Text == field) return CDeclarator.Spaced(cells[0]);
            }
        }

        return "";
    }
}
