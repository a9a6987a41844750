using System.Collections.Immutable;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Process;

/// <summary>Parses with libclang.</summary>
internal static class LibclangUnits
{
    /// <summary>A parser that loads the libclang at a path, or the one that is found.</summary>
    public static OpenUnit Opener(string? libclangPath) => request => Open(request, libclangPath);

    private static (UnitIr, LiveUnit?) Open(UnitRequest request, string? libclangPath)
    {
        if (request.Text is null && !File.Exists(request.File))
            return (FailedUnit.Of(request.File, $"{request.File} does not exist", UnitIssueKind.Unreadable), null);

        var arguments = WithResourceDirectory(request.Arguments, Libclang.Load(libclangPath));
        var (parsed, error) = TranslationUnit.Parse(request.File, request.Text, arguments, request.Overlays, libclangPath);
        if (parsed is null) return (FailedUnit.Of(request.File, error!), null);
        try
        {
            var unit = UnitLowering.Lower(parsed);
            return (unit, new LiveUnit(next => parsed.Reparse(next.Text, next.Overlays) ? UnitLowering.Lower(parsed) : null, parsed.Dispose));
        }
        catch
        {
            parsed.Dispose();
            throw;
        }
    }

    /// <summary>Names libclang's own headers (<c>stddef.h</c> …) where they lie elsewhere than it looks.</summary>
    private static ImmutableArray<string> WithResourceDirectory(ImmutableArray<string> arguments, Libclang library) =>
        !arguments.Any(a => a.StartsWith("-resource-dir", StringComparison.Ordinal)) && LibclangProbe.ResourceDirectory(library) is { } directory
            ? ["-resource-dir", directory, .. arguments]
            : arguments;
}
