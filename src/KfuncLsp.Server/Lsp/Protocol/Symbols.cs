namespace KfuncLsp.Server.Lsp.Protocol;

internal enum SymbolKind { Method = 6, Function = 12, Object = 19, Struct = 23 }

internal sealed record DocumentSymbol(string Name, SymbolKind Kind, Range Range, Range SelectionRange)
{
    public string? Detail { get; init; }
    public int[]? Tags { get; init; }
    public bool? Deprecated { get; init; }
    public DocumentSymbol[]? Children { get; init; }
}

/// <summary>A symbol for a client that knows no tree of them.</summary>
internal sealed record SymbolInformation(string Name, SymbolKind Kind, Location Location)
{
    public int[]? Tags { get; init; }
    public string? ContainerName { get; init; }
    public bool? Deprecated { get; init; }
}
