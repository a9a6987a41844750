using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>One kfunc to choose.</summary>
/// <remarks><see cref="Refusal"/>: why it may not be called here. <see cref="Declaration"/>: what the file lacks, and where it goes.</remarks>
public sealed record KfuncChoice(string Name, string Prototype, bool IsDeprecated, string? Refusal, int Rank)
{
    public TextInsertion? Declaration { get; init; }
}

/// <summary>Text to put at a place.</summary>
public sealed record TextInsertion(TextPosition Place, string Text);

/// <summary>The kfuncs to choose from at a place. <see cref="Replaces"/> is the name that was begun.</summary>
public sealed record KfuncChoices(TextRange Replaces, ImmutableArray<KfuncChoice> Items);

/// <summary>Offers kfuncs: those that the enclosing program may call first, the others below with the reason.</summary>
public static class CompletionFeature
{
    /// <summary>The choices at a place; null where no function can be named: comments, literals, directives, members.</summary>
    public static KfuncChoices? At(FileSnapshot snapshot, TextPosition position, PositionEncoding encoding, KernelModel model)
    {
        var lines = snapshot.Document.Lines;
        var text = lines.Text.Span;
        var offset = lines.OffsetAt(position, encoding);
        var name = Identifier.At(text, offset);
        if (CLexer.PlaceAt(text, offset) != CPlace.Code || name.IsMember(text)) return null;
        if (name.Length == 0 && offset > 0 && char.IsAsciiDigit((char)text[offset - 1])) return null;

        var programs = EnclosingPrograms.At(snapshot, offset);
        var declared = KsymDeclarations.In(snapshot);
        var place = lines.PositionAt(KsymDeclarations.PlaceIn(text, FunctionStart(text, name.Start)), encoding);
        var newline = text.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        var begun = text[name.Start..offset].ToArray();
        var items = model.Kfuncs.Values.Where(k => !k.IsTest && Matches(k.Name, begun)).Select(k => Choice(k, model, programs) with
        {
            Declaration = declared.Contains(k.Name) ? null : new(place, KfuncWords.Declaration(k) + newline),
        });
        return new(lines.RangeAt(name.Start, name.Length, encoding), [.. items.OrderBy(i => i.Rank).ThenBy(i => i.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Whether the letters typed so far occur in a name in their order: what editors call fuzzy.</summary>
    private static bool Matches(string name, ReadOnlySpan<byte> typed)
    {
        var at = 0;
        foreach (var letter in name)
            if (at < typed.Length && char.ToLowerInvariant(letter) == char.ToLowerInvariant((char)typed[at])) at++;
        return at == typed.Length;
    }

    private static KfuncChoice Choice(KfuncSignature kfunc, KernelModel model, ImmutableArray<EnclosingProgram> programs)
    {
        var refusal = programs.Select(p => CallReason.Refusal(kfunc, model, p)).FirstOrDefault(r => r is not null);
        var deprecated = kfunc.Deprecated is not null || kfunc.Has(KfuncFlags.Deprecated);
        return new(kfunc.Name, KfuncWords.Prototype(kfunc), deprecated, refusal, (refusal is null ? 0 : 2) + (deprecated ? 1 : 0));
    }

    /// <summary>The start of the top-level piece of code around a place: a declaration must stand before it.</summary>
    private static int FunctionStart(ReadOnlySpan<byte> text, int offset)
    {
        var (depth, start, from) = (0, 0, 0);
        foreach (var piece in CLexer.Pieces(text))
        {
            if (from >= offset) break;
            Scan(text, from, Math.Min(piece.Start, offset), ref depth, ref start);
            from = piece.End;
            if (depth == 0 && piece.Place == CPlace.Directive && from <= offset) start = from;
        }

        if (from < offset) Scan(text, from, offset, ref depth, ref start);
        return start == 0 && depth == 0 ? offset : start;

        static void Scan(ReadOnlySpan<byte> text, int from, int to, ref int depth, ref int start)
        {
            for (var i = from; i < to; i++)
            {
                if (text[i] == '{') depth++;
                else if (text[i] == '}' && depth > 0) depth--;
                if (depth == 0 && text[i] is (byte)'}' or (byte)';') start = i + 1;
            }
        }
    }
}
