using System.Collections.Immutable;
using KfuncLsp.Analysis.Rules;

namespace KfuncLsp.Workspace.Features;

/// <summary>Finds rules that comments name: <c>// kfunc: allow KF0301</c>.</summary>
internal static class RuleNames
{
    /// <summary>Every rule, by its code.</summary>
    public static ImmutableArray<Choice> Choices { get; } = [.. RuleCatalog.All.Select(r => new Choice(ChoiceKind.Rule, r.Id.Code, $"{r.Id.Slug}: {r.Title}", ChoiceRank.Callable))];

    public static List<(Identifier Name, RuleInfo Rule)> In(ReadOnlySpan<byte> text)
    {
        var found = new List<(Identifier, RuleInfo)>();
        foreach (var piece in CLexer.Pieces(text))
        {
            if (piece.Place != CPlace.Comment) continue;
            var comment = text.Slice(piece.Start, piece.Length);
            if (comment.IndexOf("KF"u8) < 0) continue;
            foreach (var name in Identifier.AllIn(comment))
                if (comment.Slice(name.Start, name.Length).StartsWith("KF"u8) && RuleCatalog.Find(name.TextIn(comment)) is { } rule)
                    found.Add((new(piece.Start + name.Start, name.Length), rule));
        }

        return found;
    }

    /// <summary>The rule that a suppression begins to name at a place in a comment; null elsewhere.</summary>
    public static Identifier? BegunAt(ReadOnlySpan<byte> text, int offset)
    {
        var line = text[..offset].LastIndexOf((byte)'\n') + 1;
        var allow = text[line..offset].LastIndexOf("kfunc: allow"u8);
        if (allow < 0) return null;
        var name = Identifier.At(text, offset);
        var between = text[(line + allow + "kfunc: allow"u8.Length)..name.Start];

        // Behind the names comes the reason, which is free text.
        foreach (var other in Identifier.AllIn(between))
            if (RuleCatalog.Find(other.TextIn(between)) is null) return null;
        return between.Length > 0 ? name : null;
    }
}
