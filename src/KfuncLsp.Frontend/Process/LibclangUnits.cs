using System.Collections.Immutable;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Preambles;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Process;

/// <summary>Parses with libclang: the one at a path, or the one that is found. One thread at a time.</summary>
internal sealed class LibclangUnits : IDisposable
{
    private readonly string? _libclangPath;
    private readonly PreambleShelf? _shelf;

    /// <param name="cache">Where preambles are kept; null, or a place that cannot be used, keeps them in this process only.</param>
    public LibclangUnits(string? libclangPath, PreambleCache? cache)
    {
        _libclangPath = libclangPath;
        if (cache is not null && PreambleStore.Open(cache.Directory, cache.LimitBytes) is { } store) _shelf = new(store, cache.HoldsWhole, libclangPath);
    }

    /// <inheritdoc cref="PreambleStore.Abandon"/>
    public void Abandon() => _shelf?.Abandon();

    /// <summary>Waits for a preamble that is being made.</summary>
    public void Dispose() => _shelf?.Dispose();

    /// <inheritdoc cref="OpenUnit"/>
    public (UnitIr Unit, LiveUnit? Live) Open(UnitRequest request)
    {
        if (request.Text is null && !File.Exists(request.File))
            return (FailedUnit.Of(request.File, $"{request.File} does not exist", UnitIssueKind.Unreadable), null);

        var started = DateTime.UtcNow;
        request = Complete(request);
        var plan = _shelf?.PlanFor(request) ?? ParsePlan.InMemory(request);
        var (parsed, error) = TranslationUnit.Parse(request, plan, request.Arguments, _libclangPath);
        if (plan.Stored is { } refused && parsed?.IsStoredPreambleRefused != false)
        {
            parsed?.Dispose();
            _shelf!.Discard(refused);
            plan = ParsePlan.InMemory(request);
            (parsed, error) = TranslationUnit.Parse(request, plan, request.Arguments, _libclangPath);
        }

        if (parsed is null) return (FailedUnit.Of(request.File, error!), null);
        try
        {
            var versions = new UnitVersions(parsed);
            var unit = versions.First(request, started);
            _shelf?.Want(request, plan);
            return (unit, new LiveUnit(next => Refresh(versions, plan, Complete(next)), parsed.Dispose));
        }
        catch
        {
            parsed.Dispose();
            throw;
        }
    }

    /// <summary>Null where the unit can't become what the request asks for, which a new one can.</summary>
    private UnitIr? Refresh(UnitVersions versions, ParsePlan plan, UnitRequest request)
    {
        var next = _shelf?.PlanFor(request) ?? ParsePlan.InMemory(request);
        if (!next.Fits(plan) || versions.Next(request, next) is not { } unit) return null;
        _shelf?.Want(request, next);
        return unit;
    }

    private UnitRequest Complete(UnitRequest request) =>
        request with { Arguments = WithResourceDirectory(request.Arguments, Libclang.Load(_libclangPath)) };

    /// <summary>Names libclang's own headers (<c>stddef.h</c> …) where they lie elsewhere than it looks.</summary>
    private static ImmutableArray<string> WithResourceDirectory(ImmutableArray<string> arguments, Libclang library) =>
        !arguments.Any(a => a.StartsWith("-resource-dir", StringComparison.Ordinal)) && LibclangProbe.ResourceDirectory(library) is { } directory
            ? ["-resource-dir", directory, .. arguments]
            : arguments;
}
