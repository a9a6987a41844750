namespace KfuncLsp.Workspace.Features.Fixes;

/// <summary>Writes and removes the comments that suppress findings.</summary>
internal static class SuppressionFixes
{
    public static IEnumerable<CodeFix> Suppress(FixContext at)
    {
        var rule = at.Finding.Finding.Rule;
        if (rule.Code.StartsWith("KF09", StringComparison.Ordinal)) return [];
        var line = at.LineStart(at.Finding.Where.Start);
        return [new("suppress", $"Suppress {rule.Code} here, with a reason", at.Finding,
            [new(line, line, $"{at.IndentAt(line)}// kfunc: allow {rule.Code} TODO: say why{at.NewLine}")])];
    }

    /// <summary>Takes out a comment that suppresses nothing, with its line where it stands alone.</summary>
    public static IEnumerable<CodeFix> Remove(FixContext at)
    {
        var (start, end) = (at.Finding.Where.Start, at.Finding.Where.Start + at.Finding.Where.Length);
        var rest = at.Text[end..];
        var newline = rest.IndexOf((byte)'\n');
        if (newline >= 0 && rest[..newline].IndexOfAnyExcept(" \t\r"u8) >= 0) return [];
        if (at.IsFirstOnLine(start)) (start, end) = (at.LineStart(start), newline < 0 ? at.Text.Length : end + newline + 1);
        else while (start > 0 && at.Text[start - 1] is (byte)' ' or (byte)'\t') start--;
        return [new("remove-suppression", "Remove this suppression", at.Finding, [new(start, end, "")]) { IsPreferred = true, IsSafe = true }];
    }
}
