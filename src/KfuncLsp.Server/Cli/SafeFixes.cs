using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;
using KfuncLsp.Workspace.Features.Fixes;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Server.Cli;

/// <summary>Writes the fixes into a file that are safe without a look.</summary>
internal static class SafeFixes
{
    /// <summary>Applies them. True: the file was changed; <paramref name="say"/> was told of each change, as <c>line: what</c>.</summary>
    /// <remarks>A file with several compile commands is mended by its first; the text must still be the one that was checked.</remarks>
    public static async Task<bool> ApplyAsync(FileCheck check, Action<string> say, CancellationToken cancel)
    {
        if (check.Checks is not [var first, ..]) return false;
        var lines = new LineIndex(await File.ReadAllBytesAsync(check.Path, cancel));
        var document = new DocumentCheck(new(check.Path, 0, lines), new(first.Command, check.Targets, FileChecker.OptionsOf(check.Configuration)) { Configuration = check.Configuration }, first);
        var fixes = CodeFixFeature.Safe(document);
        if (fixes.IsEmpty) return false;
        await File.WriteAllBytesAsync(check.Path, CodeFix.Apply(lines.Text.Span, fixes.SelectMany(f => f.Edits)), cancel);
        foreach (var fix in fixes) say($"{lines.PositionAt(fix.Finding.Where.Start).Line + 1}: {fix.Title}");
        return true;
    }
}
