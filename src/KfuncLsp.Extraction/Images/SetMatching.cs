using System.Collections.Immutable;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Images;

/// <summary>A registered set of a tree, with the names in it.</summary>
internal sealed record TreeSet(KfuncSetFact Fact, string Release, ImmutableHashSet<string> Names);

/// <summary>Finds which of a tree's sets a nameless set of an image is: the one that shares most names.</summary>
internal sealed class SetMatching(ImmutableArray<RegistryFacts> nearest)
{
    private readonly ImmutableArray<ImmutableArray<TreeSet>> _trees = [.. nearest.Select(SetsOf)];

    /// <summary>The set of the nearest kernel that has one with a name in common; null where none has.</summary>
    public TreeSet? Of(IdSet set)
    {
        var names = set.Names.ToHashSet(StringComparer.Ordinal);
        foreach (var tree in _trees)
            if (tree.Select(t => (Set: t, Share: Share(t.Names, names))).MaxBy(t => t.Share) is { Set: { } best, Share: > 0 }) return best;
        return null;
    }

    private static double Share(ImmutableHashSet<string> tree, HashSet<string> image)
    {
        var common = image.Count(tree.Contains);
        return common / (double)(tree.Count + image.Count - common);
    }

    private static ImmutableArray<TreeSet> SetsOf(RegistryFacts facts) =>
    [
        .. facts.KfuncSets.Select(s => new TreeSet(s, facts.Release, [.. facts.Kfuncs.Where(k => k.Sets.Any(e => IsOf(e, s))).Select(k => k.Name)])),
    ];

    /// <summary>Whether an entry is of a set: their names are alike, and they are in the same file.</summary>
    private static bool IsOf(KfuncSetEntry entry, KfuncSetFact set) => entry.Set == set.Name && entry.Source.Split(':')[0] == set.Source.Split(':')[0];
}
