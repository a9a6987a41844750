using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>A call that belongs to the one under the cursor. <see cref="Begins"/>: it acquires, locks or begins.</summary>
public sealed record PairHighlight(TextRange Range, bool Begins);

/// <summary>Shows with an acquire its releases, with a lock its unlocks, with an iterator its steps and its end; and the other way round.</summary>
public static class HighlightFeature
{
    public static ImmutableArray<PairHighlight> At(FileSnapshot snapshot, TextPosition position, PositionEncoding encoding, KernelModel model)
    {
        if (ParsedCode.Of(snapshot) is not { } code) return [];
        var lines = snapshot.Document.Lines;
        var at = lines.OffsetAt(position, encoding);
        var found = new SortedDictionary<int, PairHighlight>();
        foreach (var function in code.Functions)
        {
            if (code.Place(function, new(0, function.Anchor.Length)) is { } body && (at < body.Start || at > body.End)) continue;
            foreach (var pair in PairedCalls.In(function, model).Where(p => p.Closes.Length + p.Steps.Length > 0))
            {
                var names = pair.All.Select(c => (Name: code.NameOf(function, c), Begins: ReferenceEquals(c, pair.Open))).ToList();
                if (!names.Any(n => n.Name is { } name && name.Start <= at && at <= name.End)) continue;
                foreach (var (name, begins) in names)
                    if (name is { } place) found.TryAdd(place.Start, new(place.In(lines, encoding), begins));
            }
        }

        return [.. found.Values];
    }
}
