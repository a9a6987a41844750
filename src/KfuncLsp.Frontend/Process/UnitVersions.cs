using System.Collections.Immutable;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Preambles;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Process;

/// <summary>One file as libclang holds it, version after version. An edit within a function's braces costs that function alone.</summary>
internal sealed class UnitVersions(TranslationUnit parsed)
{
    /// <summary>A file system may round the time of a write down so far: a file that is younger may have been written since it was read.</summary>
    private static readonly TimeSpan s_coarsestTime = TimeSpan.FromSeconds(2);

    private LoweredUnit? _last;
    private ImmutableArray<FileStamp> _headers = [];
    private ImmutableDictionary<string, ReadOnlyMemory<byte>> _overlays = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;

    /// <summary>The first version. Shape: <paramref name="started"/> is when its parse began.</summary>
    public UnitIr First(UnitRequest request, DateTime started) => Keep(request, UnitLowering.LowerWhole(parsed), started);

    /// <summary>The next version; null where libclang gave up, and the unit is of no use any more.</summary>
    public UnitIr? Next(UnitRequest request, ParsePlan plan)
    {
        var started = DateTime.UtcNow;
        if (plan.Text is { } text && HeadersAreSame(request) && BodyEdit.Between(_last!, text) is { } edit)
        {
            if (!Reparse(request, plan, edit.Blanked())) return null;
            if (UnitLowering.LowerEdit(parsed, _last!, edit) is { } lowered)
            {
                _last = lowered;
                return lowered.Ir;
            }
        }

        _last = null;
        return Reparse(request, plan) ? Keep(request, UnitLowering.LowerWhole(parsed), started) : null;
    }

    private bool Reparse(UnitRequest request, ParsePlan plan, ReadOnlyMemory<byte>? blanked = null) =>
        parsed.Reparse(request, plan, blanked) && (plan.Stored is null || !parsed.IsStoredPreambleRefused);

    private UnitIr Keep(UnitRequest request, LoweredUnit lowered, DateTime started)
    {
        FileStamp?[] headers = [.. lowered.Files.Where(f => f != lowered.MainFile).Select(FileStamp.Of)];
        var areSettled = headers.All(h => h is { } stamp && stamp.Time < (started - s_coarsestTime).Ticks);
        _last = areSettled && !lowered.IsAmbiguous ? lowered : null;
        _headers = areSettled ? [.. headers.OfType<FileStamp>()] : [];
        _overlays = request.Overlays;
        return lowered.Ir;
    }

    private bool HeadersAreSame(UnitRequest request) =>
        _last is not null && request.Overlays.Count == _overlays.Count && _headers.All(h => h.IsCurrent)
        && request.Overlays.All(o => _overlays.TryGetValue(o.Key, out var known) && known.Span.SequenceEqual(o.Value.Span));
}
