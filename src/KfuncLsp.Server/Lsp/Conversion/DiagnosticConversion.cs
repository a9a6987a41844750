using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;
using KfuncLsp.Workspace.Text;
using Range = KfuncLsp.Server.Lsp.Protocol.Range;

namespace KfuncLsp.Server.Lsp.Conversion;

/// <summary>Findings as the protocol's diagnostics.</summary>
internal sealed class DiagnosticConversion(ClientSession session, DocumentUris uris, LiveWorkspace workspace, RulePages pages)
{
    /// <summary>The diagnostics of a check, by the path of the file that they stand in; the checked file itself is always there.</summary>
    public ImmutableDictionary<string, Diagnostic[]> Convert(DocumentCheck check)
    {
        var texts = new Dictionary<string, LineIndex>(StringComparer.Ordinal) { [check.Document.Path] = check.Document.Lines };
        return DiagnosticsFeature.Of(check)
            .GroupBy(d => d.Where.File.Length == 0 ? check.Document.Path : d.Where.File)
            .ToImmutableDictionary(g => g.Key, g => g.Select(d => Convert(d, texts)).ToArray())
            is var all && all.ContainsKey(check.Document.Path) ? all : all.Add(check.Document.Path, []);
    }

    private Diagnostic Convert(FileDiagnostic diagnostic, Dictionary<string, LineIndex> texts)
    {
        var tags = new List<DiagnosticTag>();
        if (diagnostic.IsDeprecation && session.HasTag(DiagnosticTag.Deprecated)) tags.Add(DiagnosticTag.Deprecated);
        if (diagnostic.IsUnnecessary && session.HasTag(DiagnosticTag.Unnecessary)) tags.Add(DiagnosticTag.Unnecessary);
        return new(RangeOf(diagnostic.Where, texts), diagnostic.Message)
        {
            Severity = diagnostic.Severity switch
            {
                Severity.Error => DiagnosticSeverity.Error,
                Severity.Warning => DiagnosticSeverity.Warning,
                Severity.Information => DiagnosticSeverity.Information,
                _ => DiagnosticSeverity.Hint,
            },
            Code = diagnostic.Rule.Code,
            CodeDescription = session.HasCodeDescription && pages.UriOf(diagnostic.Rule) is { } page ? new(page) : null,
            Source = "kfunc",
            Tags = tags.Count > 0 ? [.. tags] : null,
            RelatedInformation = session.HasRelatedInformation && diagnostic.Notes.Length > 0
                ? [.. diagnostic.Notes.Where(n => n.Where.File.Length > 0).Select(n => new DiagnosticRelatedInformation(new(uris.UriOf(n.Where.File), RangeOf(n.Where, texts)), n.Message))]
                : null,
        };
    }

    private Range RangeOf(FileSpan where, Dictionary<string, LineIndex> texts)
    {
        if (where.File.Length == 0) return default;
        if (!texts.TryGetValue(where.File, out var lines)) texts[where.File] = lines = Load(where.File);
        return lines.RangeAt(where.Start, where.Length, session.Encoding).ToLsp();
    }

    private LineIndex Load(string path)
    {
        if (workspace.Find(path) is { } open) return open.Document.Lines;
        try
        {
            return new(PlainFile.ReadBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(default(ReadOnlyMemory<byte>));
        }
    }
}
