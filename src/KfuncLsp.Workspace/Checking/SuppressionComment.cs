using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Features;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Checking;

/// <summary>A comment <c>// kfunc: allow KF0101 reason</c>: findings of these rules on a line are not to be shown.</summary>
/// <remarks>Units: <see cref="Line"/> from 0, the line that it holds for. <see cref="Unknown"/> are names that no rule has.</remarks>
public sealed record SuppressionComment(FileSpan Where, int Line, ImmutableArray<RuleId> Rules, ImmutableArray<string> Unknown, string Reason)
{
    /// <summary>The suppressions in a text, in order.</summary>
    /// <remarks>A comment behind code holds for its own line, one that stands alone for the next line that has code.</remarks>
    public static ImmutableArray<SuppressionComment> In(string file, LineIndex lines)
    {
        var text = lines.Text.Span;
        if (text.IndexOf("kfunc:"u8) < 0) return [];
        var found = ImmutableArray.CreateBuilder<SuppressionComment>();
        var pieces = CLexer.Pieces(text);
        foreach (var piece in pieces)
        {
            if (piece.Place != CPlace.Comment) continue;
            var (names, reason) = NamesAndReason(text.Slice(piece.Start, piece.Length));
            if (names.IsEmpty) continue;
            var rules = names.Select(NamedRules.Find).OfType<RuleId>().ToImmutableArray();
            var unknown = names.Where(n => NamedRules.Find(n) is null).ToImmutableArray();
            found.Add(new(new(file, piece.Start, piece.Length), LineOf(lines, pieces, piece), rules, unknown, reason));
        }

        return found.ToImmutable();
    }

    /// <summary>The names of a comment's rules, and what follows them.</summary>
    private static (ImmutableArray<string> Names, string Reason) NamesAndReason(ReadOnlySpan<byte> comment)
    {
        var inner = comment[1] == '*' ? comment[2..(comment.EndsWith("*/"u8) && comment.Length >= 4 ? ^2 : ^0)] : comment[2..];
        inner = inner.TrimStart("/* \t"u8);
        if (!inner.StartsWith("kfunc:"u8)) return ([], "");
        inner = inner["kfunc:"u8.Length..].TrimStart(" \t"u8);
        if (!inner.StartsWith("allow"u8) || inner.Length == "allow"u8.Length || inner["allow"u8.Length] is not ((byte)' ' or (byte)'\t')) return ([], "");
        inner = inner["allow"u8.Length..].TrimStart(" \t"u8);
        var names = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            var end = 0;
            while (end < inner.Length && (char.IsAsciiLetterOrDigit((char)inner[end]) || inner[end] == '-')) end++;
            if (end == 0) break;
            names.Add(Encoding.UTF8.GetString(inner[..end]));
            inner = inner[end..].TrimStart(" \t"u8);
            if (!inner.StartsWith(","u8)) break;
            inner = inner[1..].TrimStart(" \t"u8);
        }

        return (names.ToImmutable(), Encoding.UTF8.GetString(inner).Trim(' ', '\t', '\r', '\n', ':', '-', '*'));
    }

    private static int LineOf(LineIndex lines, List<CLexer.Piece> pieces, CLexer.Piece comment)
    {
        var own = lines.PositionAt(comment.Start).Line;
        if (HasCode(lines, pieces, own)) return own;
        var last = lines.PositionAt(comment.End).Line;
        for (var line = last + 1; line < lines.LineCount; line++)
            if (HasCode(lines, pieces, line)) return line;
        return own;
    }

    /// <summary>Whether a line has anything but blanks and comments.</summary>
    private static bool HasCode(LineIndex lines, List<CLexer.Piece> pieces, int line)
    {
        var at = lines.OffsetAt(new(line, 0));
        var content = lines.LineAt(line);
        for (var i = 0; i < content.Length; i++)
        {
            if (content.Span[i] is (byte)' ' or (byte)'\t') continue;
            var comment = pieces.Find(p => p.Place == CPlace.Comment && p.Start <= at + i && at + i < p.End);
            if (comment.Length == 0) return true;
            i = comment.End - at - 1;
        }

        return false;
    }
}
