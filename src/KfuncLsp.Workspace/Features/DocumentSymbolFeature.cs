using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>What a symbol is.</summary>
public enum BpfSymbolKind : byte { Program, Map, StructOps, Member }

/// <summary>Something that the loader sees: a program with its section, a map, a struct_ops variable with its members.</summary>
public sealed record BpfSymbol(string Name, string Detail, BpfSymbolKind Kind, TextRange Range, TextRange NameRange)
{
    public ImmutableArray<BpfSymbol> Children { get; init; } = [];
}

/// <summary>Outlines a file as the loader sees it; the C in it is the C language server's to outline.</summary>
public static class DocumentSymbolFeature
{
    /// <summary>The symbols in the text's order.</summary>
    public static ImmutableArray<BpfSymbol> Of(FileSnapshot snapshot, PositionEncoding encoding)
    {
        if (ParsedCode.Of(snapshot) is not { } code) return [];
        var lines = snapshot.Document.Lines;
        var symbols = new List<(int Start, BpfSymbol Symbol)>();
        foreach (var program in Analyzer.ProgramsOf(code.Unit))
            if (code.Place(program, new(0, program.Anchor.Length)) is { } whole && code.Place(program.Anchor.Name) is { } name)
                Add(new(program.DisplayName, $"SEC(\"{program.Section}\")", BpfSymbolKind.Program, default, default), whole, name);
        foreach (var map in code.Unit.Maps)
            if (code.Place(map.Anchor) is { } whole) Add(new(map.Name, DetailOf(map), BpfSymbolKind.Map, default, default), whole, NameIn(whole, map.Name));
        foreach (var ops in code.Unit.StructOps)
            if (code.Place(ops.Anchor) is { } whole) Add(StructOps(ops, whole), whole, NameIn(whole, ops.Name));
        return [.. symbols.OrderBy(s => s.Start).Select(s => s.Symbol)];

        void Add(BpfSymbol symbol, TextSpan whole, TextSpan name)
        {
            // The name must lie in the whole, also where a macro puts it elsewhere.
            if (name.Start < whole.Start || name.End > whole.End) name = whole;
            symbols.Add((whole.Start, symbol with { Range = whole.In(lines, encoding), NameRange = name.In(lines, encoding) }));
        }

        TextSpan NameIn(TextSpan whole, string name)
        {
            var at = lines.Text.Span.Slice(whole.Start, whole.Length).LastIndexOf(System.Text.Encoding.UTF8.GetBytes(name));
            return at < 0 ? whole : new(whole.Start + at, name.Length);
        }

        BpfSymbol StructOps(StructOpsVar ops, TextSpan whole)
        {
            var range = whole.In(lines, encoding);
            return new(ops.Name, $"struct {ops.TypeName}", BpfSymbolKind.StructOps, range, range)
            {
                Children = [.. ops.Members.Select(m => new BpfSymbol(m.Member, m.Function, BpfSymbolKind.Member, range, range))],
            };
        }
    }

    private static string DetailOf(MapDef map)
    {
        var key = map.Key?.ToString() ?? (map.KeySize > 0 ? $"{map.KeySize} bytes" : "");
        var value = map.Value?.ToString() ?? (map.ValueSize > 0 ? $"{map.ValueSize} bytes" : "");
        return (key, value) switch
        {
            ("", "") => MapTypeNames.Of(map.Type),
            ("", _) => $"{MapTypeNames.Of(map.Type)}: {value}",
            _ => $"{MapTypeNames.Of(map.Type)}: {key} to {value}",
        };
    }
}
