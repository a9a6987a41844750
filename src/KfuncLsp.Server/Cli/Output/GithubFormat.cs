using KfuncLsp.Analysis;

namespace KfuncLsp.Server.Cli.Output;

/// <summary>Workflow commands that GitHub shows beside the lines of a pull request.</summary>
/// <remarks>Units: 1-based lines and columns; end columns only within one line, as GitHub asks.</remarks>
public static class GithubFormat
{
    public static void Write(CheckResult result, TextWriter output)
    {
        foreach (var merged in Workspace.Checking.FindingMerger.ByPlace(result.Findings))
        {
            var finding = merged.Finding;
            var text = finding.Message;
            foreach (var words in merged.Words) text += $"\nkernel {string.Join(", ", words.Kernels.Select(result.NameOf))}: {words.Message}";
            foreach (var step in merged.Steps)
                text += $"\n{result.Paths[step.Where.File]}:{result.Sources.RangeOf(step.Where).Start.Line + 1}: {step.Message}";
            WriteCommand(output, Level(finding.Severity), result, merged.Where, result.Paths[merged.Where.File], $"{finding.Rule.Code} {finding.Rule.Slug}", text);
        }

        foreach (var file in result.Files)
        {
            foreach (var issue in file.Issues)
            {
                var level = issue.Kind is IssueResult.Unreadable or IssueResult.NotParsed or IssueResult.Internal ? "error" : "warning";
                var path = issue.Where.File.Length > 0 ? result.Paths[issue.Where.File] : file.Path;
                WriteCommand(output, level, result, issue.Where, path, issue.Kind, issue.Reason);
            }
        }
    }

    private static void WriteCommand(TextWriter output, string level, CheckResult result, Ir.FileSpan where, string path, string title, string text)
    {
        var range = result.Sources.RangeOf(where);
        var place = $"line={range.Start.Line + 1},col={range.Start.Character + 1},endLine={range.End.Line + 1}";
        if (range.Start.Line == range.End.Line) place += $",endColumn={range.End.Character + 1}";
        output.WriteLine($"::{level} file={Property(path)},{place},title={Property(title)}::{Message(text)}");
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "notice",
    };

    private static string Message(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Message(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
