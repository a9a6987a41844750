using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>The <c>BTF_TYPE_SAFE_*</c> structs of the verifier: fields that keep trust when they are walked.</summary>
internal static class SafeFieldLists
{
    private const string Path = "kernel/bpf/verifier.c";
    private const string Prefix = "BTF_TYPE_SAFE_";

    public static ImmutableArray<SafeFieldFact> Of(SourceTree tree)
    {
        if (tree.Read(Path) is not { } file) return [];
        var tokens = file.Tokens;
        var found = new List<SafeFieldFact>();
        for (var i = 0; i + 5 < tokens.Length; i++)
        {
            if (!tokens[i].IsIdentifier || !tokens[i].Text.StartsWith(Prefix, StringComparison.Ordinal) || !tokens[i + 1].Is("(")) continue;
            var close = CItems.Closing(tokens, i + 1);
            if (!tokens[i + 2].Is("struct") || close + 1 >= tokens.Length || !tokens[close + 1].Is("{")) continue;
            var end = CItems.Closing(tokens, close + 1);
            for (var at = close + 2; at < end; at++)
                if (tokens[at].Is(";") && tokens[at - 1].IsIdentifier)
                    found.Add(new(tokens[i + 3].Text, tokens[at - 1].Text, tokens[i].Text[Prefix.Length..], file.ConfigGuards(tokens[at - 1].Guard), $"{Path}:{tokens[at - 1].Line}@{tree.Release}"));
            i = end;
        }

        return [.. found.OrderBy(f => f.Struct, StringComparer.Ordinal).ThenBy(f => f.Field, StringComparer.Ordinal).ThenBy(f => f.List, StringComparer.Ordinal)];
    }
}
