using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Checking;

namespace KfuncLsp.Server.Cli.Output;

/// <summary>SARIF 2.1.0: one run, a result per place, the path as a code flow, what was not looked at as notifications.</summary>
public static class SarifFormat
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(CheckResult result, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            WriteRun(json, result);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void WriteRun(Utf8JsonWriter json, CheckResult result)
    {
        var findings = FindingMerger.ByPlace(result.Findings);
        var suppressed = result.Files.SelectMany(f => f.Suppressed).DistinctBy(s => (s.Finding.Finding.Rule, s.Finding.Where, s.Finding.Finding.Message)).ToList();
        var rules = findings.Concat(suppressed.Select(s => s.Finding)).Select(f => f.Finding.Rule).Distinct().OrderBy(r => r.Code, StringComparer.Ordinal).ToList();
        json.WriteStartObject();
        WriteTool(json, rules);
        json.WriteString("columnKind", "utf16CodeUnits");
        WriteInvocation(json, result);
        json.WriteStartArray("results");
        foreach (var finding in findings) WriteResult(json, result, finding, rules.IndexOf(finding.Finding.Rule), null);
        foreach (var hidden in suppressed) WriteResult(json, result, hidden.Finding, rules.IndexOf(hidden.Finding.Finding.Rule), hidden.By);
        json.WriteEndArray();
        json.WriteStartObject("properties");
        WriteStrings(json, "kernels", result.Kernels);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, List<RuleId> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "kfunc-lsp");
        json.WriteString("semanticVersion", ProductVersion.Text);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Code);
            json.WriteString("name", rule.Slug);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, CheckResult result)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", result.ExitCode is ExitCode.Clean or ExitCode.ErrorsFound);
        json.WriteNumber("exitCode", result.ExitCode);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var file in result.Files)
        {
            foreach (var issue in file.Issues)
            {
                json.WriteStartObject();
                json.WriteStartObject("descriptor");
                json.WriteString("id", issue.Kind);
                json.WriteEndObject();
                json.WriteString("level", issue.Kind is IssueResult.Unreadable or IssueResult.NotParsed or IssueResult.Internal ? "error" : "warning");
                WriteMessage(json, issue.Reason);
                json.WriteStartArray("locations");
                json.WriteStartObject();
                WritePlace(json, result, issue.Where.File.Length > 0 ? result.Paths[issue.Where.File] : file.Path, issue.Where);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, CheckResult result, MergedFinding merged, int rule, SuppressionComment? by)
    {
        var finding = merged.Finding;
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" });
        WriteMessage(json, string.Join('\n', merged.Words.Select(w => w.Message).Prepend(finding.Message)));
        json.WriteStartArray("locations");
        json.WriteStartObject();
        WritePlace(json, result, result.Paths[merged.Where.File], merged.Where);
        if (finding.Where.Function.Length > 0)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("name", ResultBuilder.Display(finding.Where.Function));
            json.WriteString("kind", "function");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        if (merged.Steps.Length > 0) WritePath(json, result, merged.Steps);
        if (by is not null) WriteSuppression(json, result, by);
        json.WriteStartObject("properties");
        WriteStrings(json, "kernels", merged.Kernels.Select(result.NameOf));
        WriteStrings(json, "programs", merged.Programs.Select(ResultBuilder.Display));
        json.WriteString("kernelMessage", finding.KernelMessage);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSuppression(Utf8JsonWriter json, CheckResult result, SuppressionComment by)
    {
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "inSource");
        json.WriteString("status", "accepted");
        if (by.Reason.Length > 0) json.WriteString("justification", by.Reason);
        json.WriteStartObject("location");
        WritePlace(json, result, result.Paths[by.Where.File], by.Where);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter json, CheckResult result, ImmutableArray<MergedStep> steps)
    {
        json.WriteStartArray("codeFlows");
        json.WriteStartObject();
        json.WriteStartArray("threadFlows");
        json.WriteStartObject();
        json.WriteStartArray("locations");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteStartObject("location");
            WritePlace(json, result, result.Paths[step.Where.File], step.Where);
            WriteMessage(json, step.Message);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject("message");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, CheckResult result, string path, FileSpan span)
    {
        var range = result.Sources.RangeOf(span);
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(path));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", range.Start.Line + 1);
        json.WriteNumber("startColumn", range.Start.Character + 1);
        json.WriteNumber("endLine", range.End.Line + 1);
        json.WriteNumber("endColumn", range.End.Character + 1);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A relative path is a relative reference, an absolute one a <c>file:</c> URI.</summary>
    private static string UriOf(string path)
    {
        if (Path.IsPathRooted(path)) return new Uri(path).AbsoluteUri;
        return string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
