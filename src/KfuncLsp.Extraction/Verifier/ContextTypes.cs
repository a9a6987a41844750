using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>Program type → context struct, from <c>include/linux/bpf_types.h</c>.</summary>
internal static class ContextTypes
{
    private const string Path = "include/linux/bpf_types.h";
    private const string Prefix = "BPF_PROG_TYPE_";

    public static ImmutableArray<ContextFact> Of(SourceTree tree, List<string> issues)
    {
        if (tree.Read(Path) is not { } file) { issues.Add($"{Path}: missing"); return []; }
        var found = new List<ContextFact>();
        for (var i = 0; i + 1 < file.Tokens.Length; i++)
        {
            if (!file.Tokens[i].Is("BPF_PROG_TYPE") || !file.Tokens[i + 1].Is("(")) continue;
            var cells = CItems.Arguments(file.Tokens, i + 1, CItems.Closing(file.Tokens, i + 1));
            if (cells is [[var type, ..], _, _, _] && type.Text.StartsWith(Prefix, StringComparison.Ordinal))
                found.Add(new(type.Text[Prefix.Length..], CDeclarator.Spaced(cells[2]), CDeclarator.Spaced(cells[3]), $"{Path}:{file.Tokens[i].Line}@{tree.Release}"));
        }

        return [.. found.OrderBy(c => c.ProgramType, StringComparer.Ordinal)];
    }
}
