using System.Collections.Immutable;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Preambles;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Process;

/// <summary>Parses with libclang.</summary>
internal static class LibclangUnits
{
    /// <summary>A parser that loads the libclang at a path, or the one that is found, and keeps preambles where it is told to.</summary>
    public static OpenUnit Opener(string? libclangPath, PreambleCache? cache = null)
    {
        var store = cache is null ? null : PreambleStore.Open(cache.Directory, cache.LimitBytes);
        var shelf = store is null ? null : new PreambleShelf(store, cache!.HoldsWhole, libclangPath);
        return request => Open(request, shelf, libclangPath);
    }

    private static (UnitIr, LiveUnit?) Open(UnitRequest request, PreambleShelf? shelf, string? libclangPath)
    {
        if (request.Text is null && !File.Exists(request.File))
            return (FailedUnit.Of(request.File, $"{request.File} does not exist", UnitIssueKind.Unreadable), null);

        request = Complete(request, libclangPath);
        var plan = shelf?.PlanFor(request) ?? ParsePlan.InMemory(request);
        var (parsed, error) = TranslationUnit.Parse(request, plan, request.Arguments, libclangPath);
        if (plan.Stored is { } refused && parsed?.IsStoredPreambleRefused != false)
        {
            parsed?.Dispose();
            shelf!.Discard(refused);
            plan = ParsePlan.InMemory(request);
            (parsed, error) = TranslationUnit.Parse(request, plan, request.Arguments, libclangPath);
        }

        if (parsed is null) return (FailedUnit.Of(request.File, error!), null);
        try
        {
            var unit = UnitLowering.Lower(parsed);
            shelf?.Want(request, plan);
            return (unit, new LiveUnit(next => Refresh(parsed, plan, Complete(next, libclangPath), shelf), parsed.Dispose));
        }
        catch
        {
            parsed.Dispose();
            throw;
        }
    }

    /// <summary>Null where the unit can't become what the request asks for, which a new one can.</summary>
    private static UnitIr? Refresh(TranslationUnit parsed, ParsePlan plan, UnitRequest request, PreambleShelf? shelf)
    {
        var next = shelf?.PlanFor(request) ?? ParsePlan.InMemory(request);
        if (!next.Fits(plan) || !parsed.Reparse(request, next) || (next.Stored is not null && parsed.IsStoredPreambleRefused)) return null;
        var unit = UnitLowering.Lower(parsed);
        shelf?.Want(request, next);
        return unit;
    }

    private static UnitRequest Complete(UnitRequest request, string? libclangPath) =>
        request with { Arguments = WithResourceDirectory(request.Arguments, Libclang.Load(libclangPath)) };

    /// <summary>Names libclang's own headers (<c>stddef.h</c> …) where they lie elsewhere than it looks.</summary>
    private static ImmutableArray<string> WithResourceDirectory(ImmutableArray<string> arguments, Libclang library) =>
        !arguments.Any(a => a.StartsWith("-resource-dir", StringComparison.Ordinal)) && LibclangProbe.ResourceDirectory(library) is { } directory
            ? ["-resource-dir", directory, .. arguments]
            : arguments;
}
