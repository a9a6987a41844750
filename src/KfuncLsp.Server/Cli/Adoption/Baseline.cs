using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Server.Cli.Output;
using KfuncLsp.Workspace.Checking;

namespace KfuncLsp.Server.Cli.Adoption;

/// <summary>The findings that a code base has had since before it took up kfunc-lsp. They are counted, not reported.</summary>
/// <remarks>A finding is known again by its file, rule, message and the text of its line, so that edits elsewhere in the file do not matter.</remarks>
public sealed class Baseline
{
    private readonly ImmutableSortedDictionary<Entry, int> _entries;
    private readonly PathNames _paths;

    private Baseline(ImmutableSortedDictionary<Entry, int> entries, PathNames paths)
    {
        _entries = entries;
        _paths = paths;
    }

    /// <summary>A finding, wherever in the file it stands now. <paramref name="File"/> is relative to the baseline's directory.</summary>
    private readonly record struct Entry(string File, string Rule, string Line, string Message) : IComparable<Entry>
    {
        public int CompareTo(Entry other)
        {
            var order = string.CompareOrdinal(File, other.File);
            if (order == 0) order = string.CompareOrdinal(Rule, other.Rule);
            if (order == 0) order = string.CompareOrdinal(Line, other.Line);
            return order != 0 ? order : string.CompareOrdinal(Message, other.Message);
        }
    }

    /// <summary>Reads a baseline. Errors: null, and what is wrong with the file.</summary>
    public static (Baseline? Baseline, string Error) Read(string path)
    {
        var paths = new PathNames(Path.GetDirectoryName(path)!);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.GetProperty("version").GetInt32() != 1) return (null, $"{path}: a baseline of another version");
            var entries = ImmutableSortedDictionary.CreateBuilder<Entry, int>();
            foreach (var finding in json.RootElement.GetProperty("findings").EnumerateArray())
            {
                var entry = new Entry(Text(finding, "file"), Text(finding, "rule"), Text(finding, "line"), Text(finding, "message"));
                entries[entry] = entries.GetValueOrDefault(entry) + (finding.TryGetProperty("count", out var count) ? count.GetInt32() : 1);
            }

            return (new(entries.ToImmutable(), paths), "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"the baseline cannot be read: {error.Message}");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return (null, $"{path} is no baseline: {error.Message}");
        }
    }

    /// <summary>One without entries, to be written to a path.</summary>
    public static Baseline Empty(string path) => new(ImmutableSortedDictionary<Entry, int>.Empty, new(Path.GetDirectoryName(path)!));

    /// <summary>The result without what the baseline knows, how many findings that leaves out, and how many of its entries the checked files have no more.</summary>
    public (CheckResult Others, int Known, int Gone) Apply(CheckResult result)
    {
        var left = _entries.ToBuilder();
        var known = new HashSet<(RuleId, FileSpan, string)>();
        foreach (var finding in FindingMerger.ByPlace(result.Findings))
        {
            var entry = EntryOf(finding, result);
            if (left.GetValueOrDefault(entry) is var count and > 0)
            {
                left[entry] = count - 1;
                known.Add(KeyOf(finding));
            }
        }

        var read = ReadFiles(result);
        var rest = result with { Files = [.. result.Files.Select(f => f with { Findings = f.Findings.RemoveAll(one => known.Contains(KeyOf(one))) })] };
        return (rest, known.Count, left.Where(e => read.Contains(e.Key.File)).Sum(e => e.Value));
    }

    /// <summary>The baseline that knows all of a result, and of files that were not checked what it knew before.</summary>
    public Baseline Updated(CheckResult result)
    {
        var read = ReadFiles(result);
        var entries = _entries.RemoveRange(_entries.Keys.Where(e => read.Contains(e.File)));
        foreach (var finding in FindingMerger.ByPlace(result.Findings))
        {
            var entry = EntryOf(finding, result);
            entries = entries.SetItem(entry, entries.GetValueOrDefault(entry) + 1);
        }

        return new(entries, _paths);
    }

    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray("findings");
            foreach (var (entry, count) in _entries)
            {
                json.WriteStartObject();
                json.WriteString("file", entry.File);
                json.WriteString("rule", entry.Rule);
                json.WriteString("line", entry.Line);
                json.WriteString("message", entry.Message);
                if (count > 1) json.WriteNumber("count", count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>The files that a result speaks of: those that were checked and could be read, and those that its findings stand in.</summary>
    private HashSet<string> ReadFiles(CheckResult result) =>
        [.. result.Files.Where(f => !f.IsUnread).Select(f => _paths[Path.GetFullPath(f.Path, result.Paths.Directory)]), .. result.Findings.Select(f => _paths[f.Where.File])];

    private Entry EntryOf(MergedFinding finding, CheckResult result)
    {
        var lines = result.Sources[finding.Where.File];
        var line = Encoding.UTF8.GetString(lines.LineAt(lines.PositionAt(finding.Where.Start).Line).Span).Trim();
        return new(_paths[finding.Where.File], finding.Finding.Rule.Code, line, finding.Finding.Message);
    }

    private static (RuleId, FileSpan, string) KeyOf(MergedFinding finding) => (finding.Finding.Rule, finding.Where, finding.Finding.Message);

    private static string Text(JsonElement finding, string name) => finding.GetProperty(name).GetString() ?? "";
}
