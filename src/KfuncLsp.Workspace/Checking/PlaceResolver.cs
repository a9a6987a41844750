using KfuncLsp.Analysis;
using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Checking;

/// <summary>Anchors the analyser's locations in files.</summary>
/// <remarks>
/// A location's function is one that the unit defines, else an extern, global or map by name, whose span then counts from its anchor;
/// an empty name counts from the start of the main file. A name that the unit doesn't have gives the start of the main file.
/// </remarks>
public sealed class PlaceResolver
{
    private readonly string _mainFile;
    private readonly Dictionary<string, FunctionAnchor> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileSpan> _declarations = new(StringComparer.Ordinal);

    public PlaceResolver(UnitIr unit)
    {
        _mainFile = unit.MainFile;
        foreach (var function in unit.Functions) _functions.TryAdd(function.Name, function.Anchor);
        foreach (var item in unit.Externs) _declarations.TryAdd(item.Name, item.Anchor);
        foreach (var item in unit.Globals) _declarations.TryAdd(item.Name, item.Anchor);
        foreach (var item in unit.Maps) _declarations.TryAdd(item.Name, item.Anchor);
    }

    public FileSpan Resolve(Location where)
    {
        if (where.Function.Length == 0) return new(_mainFile, where.Span.Start, where.Span.Length);
        if (_functions.TryGetValue(where.Function, out var function)) return function.Resolve(where.Span);
        if (!_declarations.TryGetValue(where.Function, out var declared)) return new(_mainFile, 0, 0);
        return where.Span.Length == 0 ? declared : new(declared.File, declared.Start + where.Span.Start, where.Span.Length);
    }
}
