namespace KfuncLsp.Extraction.CSource;

/// <summary>What stands at file level.</summary>
public enum CItemKind : byte { MacroCall, Function, Declaration }

/// <summary>One item at file level, as token ranges of its file.</summary>
/// <remarks>
/// Units: token indexes, the end exclusive. <see cref="Open"/> and <see cref="Close"/> are the parentheses of a function's or
/// macro call's list, else -1. <see cref="Body"/> is the opening brace of a function's body or an initialiser, <see cref="BodyEnd"/> its
/// closing one; -1 where there is none.
/// </remarks>
public sealed record CItem(CItemKind Kind, string Name, int Start, int End)
{
    public int NameAt { get; init; } = -1;
    public int Open { get; init; } = -1;
    public int Close { get; init; } = -1;
    public int Body { get; init; } = -1;
    public int BodyEnd { get; init; } = -1;
}
