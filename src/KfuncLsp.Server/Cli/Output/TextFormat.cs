using KfuncLsp.Analysis;
using KfuncLsp.Workspace.Checking;

namespace KfuncLsp.Server.Cli.Output;

/// <summary>For people: each finding with its path drawn into the source, the kernel's words below, and a summary at the end.</summary>
public static class TextFormat
{
    public static void Write(CheckResult result, TextWriter output, Palette colours)
    {
        var excerpt = new SourceExcerpt(result.Sources, result.Paths, colours);
        foreach (var file in result.Files)
        {
            foreach (var issue in file.Issues) WriteIssue(output, result, file, issue, colours, excerpt);
            foreach (var finding in FindingMerger.ByPlace(file.Findings)) WriteFinding(output, result, file, finding, colours, excerpt);
        }

        WriteSummary(output, result, colours);
    }

    private static void WriteFinding(
        TextWriter output, CheckResult result, FileResult file, MergedFinding merged, Palette colours, SourceExcerpt excerpt)
    {
        var finding = merged.Finding;
        output.WriteLine($"{Head(finding.Severity, finding.Rule.Code, colours)}{colours.Strong(": " + finding.Message)}");
        excerpt.Write(output, Annotations(merged));
        foreach (var words in merged.Words)
            WriteNote(output, colours, $"kernel {string.Join(", ", words.Kernels.Select(result.NameOf))} says: {words.Message}");
        if (merged.Versions(result.Targets.Select(t => t.Key), result.NameOf) is { } versions) WriteNote(output, colours, versions);
        if (merged.Programs.Length > 0)
            WriteNote(output, colours, $"in {(merged.Programs.Length == 1 ? "program" : "programs")} {string.Join(", ", merged.Programs.Select(p => Named(file, p)))}");
        output.WriteLine();
    }

    /// <summary>The path's steps are numbered; the step at the finding's own place is its label.</summary>
    private static List<Annotation> Annotations(MergedFinding merged)
    {
        var annotations = new List<Annotation>();
        var primary = new Annotation(merged.Where, "", IsPrimary: true);
        var number = 0;
        foreach (var step in merged.Steps)
        {
            var label = merged.Steps.Length == 1 ? step.Message : $"{++number}. {step.Message}";
            if (step.Where == merged.Where) primary = primary with { Label = primary.Label.Length > 0 ? $"{primary.Label}; {label}" : label };
            else if (step.Where.File.Length > 0) annotations.Add(new(step.Where, label, IsPrimary: false));
        }

        annotations.Insert(0, primary);
        return annotations;
    }

    private static void WriteIssue(TextWriter output, CheckResult result, FileResult file, IssueResult issue, Palette colours, SourceExcerpt excerpt)
    {
        var isError = issue.Kind is IssueResult.Unreadable or IssueResult.NotParsed or IssueResult.Internal;
        var head = isError ? colours.Error(issue.Kind) : colours.Warning(issue.Kind);
        output.WriteLine($"{head}{colours.Strong(": " + issue.Reason)}");
        if (issue.Where.File.Length > 0 && issue.Where.Length > 0) excerpt.Write(output, [new(issue.Where, "", IsPrimary: true)]);
        else output.WriteLine($" {colours.Frame("-->")} {(issue.Where.File.Length > 0 ? result.Paths[issue.Where.File] : file.Path)}");
        if (issue.Program is { Length: > 0 } program)
            WriteNote(output, colours, $"the verdict on {Named(file, program)} is open on kernel {string.Join(", ", issue.Kernels)}");
        else if (issue.Function is { Length: > 0 } function)
            WriteNote(output, colours, $"in function {function}");
        output.WriteLine();
    }

    private static void WriteSummary(TextWriter output, CheckResult result, Palette colours)
    {
        var findings = result.Files.SelectMany(f => FindingMerger.ByPlace(f.Findings)).ToList();
        var errors = findings.Count(f => f.Finding.Severity == Severity.Error);
        var warnings = findings.Count(f => f.Finding.Severity == Severity.Warning);
        var programs = result.Files.Sum(f => f.Programs.Length);
        var kernels = $"kernel{(result.Targets.Length == 1 ? "" : "s")} {string.Join(", ", result.Kernels)}";
        var unread = result.Files.Count(f => f.IsUnread);
        if (unread > 0) output.WriteLine(colours.Error($"{Count(unread, "file")} not checked"));
        if (unread == result.Files.Length) return;
        if (result.Targets.Length == 0)
        {
            output.WriteLine(colours.Error($"{Count(result.Files.Length - unread, "file")} judged for no kernel"));
            return;
        }

        var found = errors == 0 && warnings == 0 ? colours.Good("no error found")
            : errors == 0 ? colours.Warning(Count(warnings, "warning"))
            : warnings == 0 ? colours.Error(Count(errors, "error"))
            : $"{colours.Error(Count(errors, "error"))}, {colours.Warning(Count(warnings, "warning"))}";
        output.WriteLine($"{found} in {Count(programs, "program")} of {Count(result.Files.Length - unread, "file")}, {kernels}");
        var suppressed = FindingMerger.ByPlace(result.Files.SelectMany(f => f.Suppressed).Select(s => s.Finding)).Length;
        if (suppressed > 0) output.WriteLine($"{Count(suppressed, "finding")} suppressed by {(suppressed == 1 ? "a comment" : "comments")}");
        var open = result.Files.SelectMany(f => f.Programs).Count(p => p.Verdicts.Any(v => v.Value == Verdict.Inconclusive));
        if (open > 0) output.WriteLine(colours.Warning($"{Count(open, "program")} without a verdict; the reasons are above"));
    }

    private static string Head(Severity severity, string code, Palette colours) => severity switch
    {
        Severity.Error => colours.Error($"error[{code}]"),
        Severity.Warning => colours.Warning($"warning[{code}]"),
        _ => colours.Note($"note[{code}]"),
    };

    private static void WriteNote(TextWriter output, Palette colours, string text)
    {
        var first = true;
        foreach (var line in text.Split('\n'))
        {
            output.WriteLine(first ? $"   {colours.Frame("=")} {line}" : $"     {line}");
            first = false;
        }
    }

    private static string Named(FileResult file, string program)
    {
        var name = ResultBuilder.Display(program);
        var section = file.Programs.FirstOrDefault(p => p.Name == name)?.Section;
        return section is null ? $"`{name}`" : $"`{name}` ({section})";
    }

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
