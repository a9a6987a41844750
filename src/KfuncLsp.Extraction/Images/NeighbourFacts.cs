using System.Collections.Immutable;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Images;

/// <summary>The tables that a verifier goes by and no image shows, put together from those of the releases around it.</summary>
/// <remarks>
/// What all neighbours say holds. Where they differ, a program that was loaded into that release decides whose row it is;
/// without one, it is the nearest neighbour's. Rows keep their source, which names the release that they come from.
/// </remarks>
internal sealed class NeighbourFacts(ImmutableArray<RegistryFacts> nearest, ImmutableArray<DecisionFact> decisions)
{
    private readonly List<DecidedFact> _decided = [];
    private readonly List<string> _undecided = [];

    /// <summary>The rows that a program decided.</summary>
    public ImmutableArray<DecidedFact> Decided => [.. _decided];

    /// <summary>The rows, as <c>table/name</c>, in which the neighbours differ and nothing decides.</summary>
    public ImmutableArray<string> Undecided => [.. _undecided];

    /// <summary>A table of facts.</summary>
    /// <remarks>Shape: a table's name, where it is in a release, the name of a row, what a row says → rows in the nearest neighbour's order.</remarks>
    public ImmutableArray<T> Table<T>(string table, Func<RegistryFacts, ImmutableArray<T>> rows, Func<T, string> name, Func<T, string> says)
    {
        var kernels = nearest.Select(k => (k.Release, Rows: rows(k).ToLookup(name, StringComparer.Ordinal))).ToImmutableArray();
        var ordered = rows(nearest[0]).Select(name).ToList();
        foreach (var missing in kernels.Skip(1).SelectMany(k => k.Rows.Select(r => r.Key)).Distinct().Except(ordered, StringComparer.Ordinal).ToList())
            ordered.Insert(ordered.FindIndex(n => string.CompareOrdinal(n, missing) > 0) is >= 0 and var at ? at : ordered.Count, missing);
        return [.. ordered.Distinct(StringComparer.Ordinal).SelectMany(Rows)];

        IEnumerable<T> Rows(string row)
        {
            var nearestRows = kernels[0].Rows[row];
            if (kernels.Select(k => string.Join(';', k.Rows[row].Select(says))).Distinct(StringComparer.Ordinal).Count() == 1) return nearestRows;
            if (decisions.FirstOrDefault(d => d.Table == table && d.Rows.Contains(row)) is not { } decision)
            {
                _undecided.Add($"{table}/{row}");
                return nearestRows;
            }

            var like = nearest.First(k => decision.IsLike(k)).Release;
            _decided.Add(new(table, row, like, decision.Program));
            return kernels.First(k => k.Release == like).Rows[row];
        }
    }
}
