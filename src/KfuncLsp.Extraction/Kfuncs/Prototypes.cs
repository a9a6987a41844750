using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>A function's definition: its prototype and place.</summary>
public sealed record Definition(CPrototype Prototype, CFile File, int Line, int Guard)
{
    /// <summary>The comment before it.</summary>
    public CComment? Comment { get; init; }

    public bool HasKernelDoc => Comment is { } comment && comment.Text.StartsWith("/**", StringComparison.Ordinal);

    public bool IsTagged { get; init; }
}

/// <summary>Finds the definition behind each kfunc's name.</summary>
public static class Prototypes
{
    /// <summary>The best definition of each name that has one.</summary>
    /// <remarks>
    /// Looked at first: files that list kfuncs, then whatever else in the tree names a missing one. A definition tagged
    /// <c>__bpf_kfunc</c> wins over an untagged one, a <c>.c</c> over a header, then the first by path.
    /// </remarks>
    public static Dictionary<string, Definition> Of(SourceTree tree, IReadOnlyCollection<string> names, IEnumerable<CFile> first)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, Definition>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in first)
            if (seen.Add(file.Path)) Collect(file, wanted, found);
        var missing = wanted.Where(n => !found.ContainsKey(n)).ToArray();
        if (missing.Length == 0) return found;
        foreach (var path in tree.Mentioning(missing))
            if (seen.Add(path) && tree.Read(path) is { } file) Collect(file, wanted, found);
        return found;
    }

    private static void Collect(CFile file, HashSet<string> wanted, Dictionary<string, Definition> found)
    {
        foreach (var item in file.Items)
            if (item.Kind == CItemKind.Function && wanted.Contains(item.Name)) Offer(found, Define(file, file.Tokens, item, file.Tokens[item.Start].Line));
        var makers = file.Macros.Where(m => m.Body.Any(t => t.Is("{")) && m.Body.Any(t => t.Is("##") || t.Is("__bpf_kfunc"))).ToList();
        if (makers.Count == 0) return;
        var expander = new MacroExpander(makers);
        foreach (var item in file.Items)
        {
            if (item.Kind != CItemKind.MacroCall || !expander.Knows(item.Name)) continue;
            var tokens = expander.Expand(file.Tokens[item.Start..(item.Close + 1)]);
            foreach (var made in CItems.Split(tokens))
                if (made.Kind == CItemKind.Function && wanted.Contains(made.Name)) Offer(found, Define(file, tokens, made, file.Tokens[item.Start].Line));
        }
    }

    private static Definition Define(CFile file, ImmutableArray<CToken> tokens, CItem item, int line) =>
        new(CDeclarator.Prototype(tokens, item), file, tokens[item.NameAt].Line, tokens[item.NameAt].Guard)
        {
            Comment = file.CommentBefore(line),
            IsTagged = tokens[item.Start..item.NameAt].Any(t => t.Is("__bpf_kfunc")),
        };

    private static void Offer(Dictionary<string, Definition> found, Definition candidate)
    {
        if (!found.TryGetValue(candidate.Prototype.Name, out var known) || Rank(candidate) > Rank(known)) found[candidate.Prototype.Name] = candidate;
    }

    private static int Rank(Definition definition) =>
        (definition.IsTagged ? 4 : 0) + (definition.File.Path.EndsWith(".c", StringComparison.Ordinal) ? 2 : 0) + (definition.File.ConfigGuards(definition.Guard).Any(g => g.StartsWith('!')) ? 0 : 1);
}
