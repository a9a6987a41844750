using System.Collections.Immutable;
using System.Diagnostics;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Caching;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Checks versions of one file, one at a time, and keeps what they have in common.</summary>
internal sealed class DocumentChecker
{
    private readonly WorkspaceServices _services;
    private readonly IUnitSource _units;
    private readonly ReportCache _cache = new();
    private readonly UnitCheck _check;
    private DocumentCheck? _lastWhole;

    public DocumentChecker(WorkspaceServices services, IUnitSource units)
    {
        (_services, _units) = (services, units);
        _check = new(services, _cache);
    }

    /// <summary>The names of the programs of the last check that judged any.</summary>
    public ProgramKeys? Keys => _check.Keys;

    /// <summary>Parses and judges.</summary>
    /// <remarks>Shape: <paramref name="prepared"/> is told of the set-up before the parse, <paramref name="parsed"/> of the unit before it is judged.</remarks>
    public async Task<DocumentCheck> CheckAsync(
        TextDocument document, ImmutableDictionary<string, ReadOnlyMemory<byte>> overlays,
        Action<string, ProjectSetup>? prepared, Action<DocumentCheck>? parsed, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var setup = _services.Projects.SetupOf(document.Path, document.Text);
        prepared?.Invoke(document.Path, setup);
        if (WhyNot(document, setup) is { } reason) return Checked(new UnitIr { MainFile = document.Path, Files = [document.Path] }, []) with { NotChecked = reason };

        var prepare = Stopwatch.GetElapsedTime(started);
        var unit = await _units.ParseAsync(new UnitRequest(document.Path, document.Text, setup.Command.Arguments) { Overlays = overlays }, cancel);
        var parse = Stopwatch.GetElapsedTime(started) - prepare;
        parsed?.Invoke(Checked(unit, []));
        var reports = _check.Run(unit, setup, cancel);
        var times = new CheckTimes(prepare, parse, Stopwatch.GetElapsedTime(started) - prepare - parse);
        var check = Checked(unit, reports) with { Cache = _cache.Use, Faults = _check.Faults, Times = times };
        if (check.IsWhole) _lastWhole = check;
        return _lastWhole is { } whole ? check with { Stale = StaleFindings.Of(whole, check) } : check;

        DocumentCheck Checked(UnitIr of, ImmutableArray<UnitReport> judged)
        {
            var file = Judgement.Of(new(document.Path, setup.Command, of, judged), setup.Configuration, name => TextOf(name, document, overlays));
            return new(document, setup, file with { Findings = FindingMerger.ByPlace(file.Findings), Issues = [.. setup.Command.Issues, .. of.Issues] });
        }
    }

    private static LineIndex? TextOf(string file, TextDocument document, ImmutableDictionary<string, ReadOnlyMemory<byte>> overlays)
    {
        if (file == document.Path) return document.Lines;
        if (overlays.TryGetValue(file, out var unsaved)) return new(unsaved);
        try
        {
            return new(PlainFile.ReadBytes(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? WhyNot(TextDocument document, ProjectSetup setup) =>
        SourceFiles.RefuseContent(document.Text.Span[..Math.Min(document.Text.Length, 8192)])
        ?? (document.Text.Length > SourceFiles.MaximumBytes ? "it is too large" : null)
        ?? (setup.Configuration.Excludes(document.Path) ? $"{setup.Configuration.File} excludes it" : null)
        ?? (BpfFile.LooksLikeBpf(document.Path, document.Text.Span) ? null : "nothing in it looks like a BPF program");
}
