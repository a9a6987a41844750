using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>What a choice is.</summary>
public enum ChoiceKind : byte { Kfunc, Section, Rule }

/// <summary>The order of choices: what helps most first.</summary>
public enum ChoiceRank : byte
{
    /// <summary>Gives back what the program owns at this place.</summary>
    ReleasesWhatIsOwned,
    Callable,
    Deprecated,
    Refused,
    RefusedAndDeprecated,
}

/// <summary>One thing to choose.</summary>
/// <remarks>
/// <see cref="Refusal"/>: why a kfunc may not be called here. <see cref="Snippet"/>: the call with its arguments to fill in, in LSP's snippet
/// syntax; null where only the name is put in. <see cref="Declaration"/>: what the file lacks, and where it goes.
/// </remarks>
public sealed record Choice(ChoiceKind Kind, string Name, string Detail, ChoiceRank Rank)
{
    public bool IsDeprecated { get; init; }
    public string? Refusal { get; init; }
    public string? Snippet { get; init; }
    public TextInsertion? Declaration { get; init; }
}

/// <summary>Text to put at a place.</summary>
public sealed record TextInsertion(TextPosition Place, string Text);

/// <summary>The choices at a place. <see cref="Replaces"/> is what was begun.</summary>
public sealed record Choices(TextRange Replaces, ImmutableArray<Choice> Items);

/// <summary>Offers kfuncs where a function can be named, sections in <c>SEC("")</c>, and rules in a suppression.</summary>
public static class CompletionFeature
{
    /// <summary>The choices at a place; null where there is nothing of ours to choose.</summary>
    public static Choices? At(FileSnapshot snapshot, TextPosition position, PositionEncoding encoding, KernelModel model)
    {
        var lines = snapshot.Document.Lines;
        var text = lines.Text.Span;
        var offset = lines.OffsetAt(position, encoding);
        switch (CLexer.PlaceAt(text, offset))
        {
            case CPlace.Literal when SectionLiteral.At(text, offset) is { } section && offset >= section.Start:
                return new(lines.RangeAt(section.Start, section.Length, encoding), SectionChoices.For(section.TextIn(text), snapshot, model));
            case CPlace.Comment when RuleNames.BegunAt(text, offset) is { } rule:
                return new(lines.RangeAt(rule.Start, rule.Length, encoding), RuleNames.Choices);
            case CPlace.Code:
                return Kfuncs(snapshot, offset, encoding, model);
            default:
                return null;
        }
    }

    private static Choices? Kfuncs(FileSnapshot snapshot, int offset, PositionEncoding encoding, KernelModel model)
    {
        var lines = snapshot.Document.Lines;
        var text = lines.Text.Span;
        var name = Identifier.At(text, offset);
        if (name.IsMember(text)) return null;
        if (name.Length == 0 && offset > 0 && char.IsAsciiDigit((char)text[offset - 1])) return null;

        var programs = EnclosingPrograms.At(snapshot, offset);
        var owned = OwnedObjects.At(snapshot, name.Start);
        var declared = KsymDeclarations.In(snapshot);
        ReadOnlySpan<byte> code = CLexer.CodeOnly(text);
        var place = lines.PositionAt(KsymDeclarations.PlaceIn(text, FunctionStart(text, name.Start)), encoding);
        var newline = text.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        var begun = text[name.Start..offset].ToArray();
        var isCalled = code[name.End..].TrimStart(" \t"u8).StartsWith("("u8);
        var isWeak = snapshot.Configuration.Declarations == DeclarationStyle.Weak;
        var mayGuard = isWeak && IsStatement(code[..name.Start]);
        var items = model.Kfuncs.Values.Concat(model.Unflagged.Values).Where(k => !k.IsTest && Matches(k.Name, begun)).Select(k => ChoiceOf(k, model, programs, owned) with
        {
            Snippet = isCalled ? null : KfuncSnippet.Of(k, mayGuard && (!declared.Contains(k.Name) || IsDeclaredWeak(snapshot, k.Name))),
            Declaration = declared.Contains(k.Name) ? null : new(place, KfuncWords.Declaration(k, isWeak) + newline),
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

    private static Choice ChoiceOf(KfuncSignature kfunc, KernelModel model, ImmutableArray<EnclosingProgram> programs, IReadOnlySet<string> owned)
    {
        var refusal = programs.Select(p => CallReason.Refusal(kfunc, model, p)).FirstOrDefault(r => r is not null);
        var deprecated = kfunc.Deprecated is not null || kfunc.Has(KfuncFlags.Deprecated);
        var rank = (refusal, deprecated) switch
        {
            (null, false) when kfunc.Has(KfuncFlags.Release) && kfunc.Parameters is [{ PointeeStruct: { } released }, ..] && owned.Contains(released) => ChoiceRank.ReleasesWhatIsOwned,
            (null, false) => ChoiceRank.Callable,
            (null, true) => ChoiceRank.Deprecated,
            (_, false) => ChoiceRank.Refused,
            _ => ChoiceRank.RefusedAndDeprecated,
        };
        return new(ChoiceKind.Kfunc, kfunc.Name, KfuncWords.Prototype(kfunc), rank) { IsDeprecated = deprecated, Refusal = refusal };
    }

    /// <summary>Whether a kfunc may be asked for with <c>bpf_ksym_exists</c>: clang refuses the question about one that is not weak.</summary>
    private static bool IsDeclaredWeak(FileSnapshot snapshot, string kfunc) => snapshot.Parsed?.Unit.Externs.Any(e => e.Name == kfunc && e.IsWeak) == true;

    /// <summary>Whether a statement begins behind a stretch of code.</summary>
    private static bool IsStatement(ReadOnlySpan<byte> code)
    {
        var before = code.TrimEnd(" \t\r\n"u8);
        return before.Length > 0 && before[^1] is (byte)';' or (byte)'{' or (byte)'}';
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
