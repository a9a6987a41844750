using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Checking;

namespace KfuncLsp.Server.Cli.Output;

/// <summary>The published JSON form: <c>docs/json-output.md</c>, <c>docs/check.schema.json</c>.</summary>
public static class JsonFormat
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(CheckResult result, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            foreach (var file in result.Files) WriteFile(json, result, file);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void WriteFile(Utf8JsonWriter json, CheckResult result, FileResult file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteStartArray("programs");
        foreach (var program in file.Programs) WriteProgram(json, program);
        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in file.Findings) WriteFinding(json, result, finding, null);
        json.WriteEndArray();
        json.WriteStartArray("suppressed");
        foreach (var hidden in file.Suppressed) WriteFinding(json, result, hidden.Finding, hidden.By.Reason);
        json.WriteEndArray();
        json.WriteStartArray("issues");
        foreach (var issue in file.Issues) WriteIssue(json, result, file, issue);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProgram(Utf8JsonWriter json, ProgramResult program)
    {
        json.WriteStartObject();
        json.WriteString("name", program.Name);
        json.WriteString("section", program.Section);
        json.WriteString("programType", program.ProgramType);
        json.WriteBoolean("sleepable", program.IsSleepable);
        json.WriteStartObject("verdicts");
        foreach (var (kernel, verdict) in program.Verdicts) json.WriteString(kernel, Name(verdict));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, CheckResult result, MergedFinding merged, string? suppressedFor)
    {
        var finding = merged.Finding;
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Code);
        json.WriteString("slug", finding.Rule.Slug);
        json.WriteString("severity", Name(finding.Severity));
        WriteName(json, "program", merged.Programs.FirstOrDefault(""));
        WriteName(json, "function", finding.Where.Function);
        json.WriteString("message", finding.Message);
        json.WriteString("kernelMessage", finding.KernelMessage);
        if (suppressedFor is not null) json.WriteString("suppressedFor", suppressedFor);
        WriteKernels(json, merged.Kernels.Select(k => result.NameOf(k)));
        json.WriteString("path", result.Paths[merged.Where.File]);
        WriteRange(json, result, merged.Where);
        json.WriteStartArray("steps");
        foreach (var step in merged.Steps)
        {
            json.WriteStartObject();
            json.WriteString("message", step.Message);
            json.WriteString("path", result.Paths[step.Where.File]);
            WriteRange(json, result, step.Where);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIssue(Utf8JsonWriter json, CheckResult result, FileResult file, IssueResult issue)
    {
        json.WriteStartObject();
        json.WriteString("kind", issue.Kind);
        WriteName(json, "function", issue.Function);
        if (issue.Program is { } program) WriteName(json, "program", program);
        if (issue.Kernels.Length > 0) WriteKernels(json, issue.Kernels);
        json.WriteString("reason", issue.Reason);
        json.WriteString("path", issue.Where.File.Length > 0 ? result.Paths[issue.Where.File] : file.Path);
        WriteRange(json, result, issue.Where);
        json.WriteEndObject();
    }

    /// <summary>A function or program by the name that a person knows; null where there is none.</summary>
    private static void WriteName(Utf8JsonWriter json, string property, string? name)
    {
        if (string.IsNullOrEmpty(name)) json.WriteNull(property);
        else json.WriteString(property, ResultBuilder.Display(name));
    }

    private static void WriteKernels(Utf8JsonWriter json, IEnumerable<string> kernels)
    {
        json.WriteStartArray("kernels");
        foreach (var kernel in kernels) json.WriteStringValue(kernel);
        json.WriteEndArray();
    }

    private static void WriteRange(Utf8JsonWriter json, CheckResult result, FileSpan span)
    {
        var range = result.Sources.RangeOf(span);
        json.WriteStartObject("range");
        WritePosition("start", range.Start.Line, range.Start.Character);
        WritePosition("end", range.End.Line, range.End.Character);
        json.WriteEndObject();

        void WritePosition(string name, int line, int character)
        {
            json.WriteStartObject(name);
            json.WriteNumber("line", line);
            json.WriteNumber("character", character);
            json.WriteEndObject();
        }
    }

    public static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => "accepted",
        Verdict.Rejected => "rejected",
        _ => "inconclusive",
    };

    public static string Name(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Information => "information",
        _ => "hint",
    };
}
