using KfuncLsp.Ir;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>The newest parsed code of a file, with its places carried to the text as it is now.</summary>
/// <remarks>Units: bytes. What the edit since the parse touches has no place any more.</remarks>
internal sealed class ParsedCode
{
    private readonly DocumentCheck _check;
    private readonly LineIndex _now;
    private readonly TextShift _shift;

    private ParsedCode(DocumentCheck check, LineIndex now)
    {
        (_check, _now) = (check, now);
        _shift = new(now.Text.Span, check.Document.Text.Span);
    }

    /// <summary>Null before the first parse.</summary>
    public static ParsedCode? Of(FileSnapshot snapshot) => snapshot.Parsed is { } check ? new(check, snapshot.Document.Lines) : null;

    public UnitIr Unit => _check.Unit;

    /// <summary>The functions that stand in this file, in its order.</summary>
    public IEnumerable<FunctionIr> Functions => Unit.Functions.Where(f => f.Anchor.File == _check.Document.Path);

    /// <summary>Where a stretch of a function stands now.</summary>
    public TextSpan? Place(FunctionIr function, Span span) => Place(function.Anchor.Resolve(span));

    public TextSpan? Place(FileSpan span)
    {
        if (span.File != _check.Document.Path) return null;
        return _shift.Carry(span.Start, span.Length) is { } start ? new(start, span.Length) : null;
    }

    /// <summary>Where the text names a call's callee; null for a call that a macro makes.</summary>
    public TextSpan? NameOf(FunctionIr function, Call call) =>
        call.Callee.NameOf() is { } name && Place(function, call.CalleeSpan) is { } place && TextAt(place, name) ? place : null;

    private bool TextAt(TextSpan place, string text)
    {
        Span<byte> wanted = stackalloc byte[text.Length];
        return place.Length == text.Length && System.Text.Encoding.ASCII.TryGetBytes(text, wanted, out _) && _now.Text.Span.Slice(place.Start, place.Length).SequenceEqual(wanted);
    }
}

/// <summary>A stretch of a document. Units: bytes.</summary>
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public TextRange In(LineIndex lines, PositionEncoding encoding) => lines.RangeAt(Start, Length, encoding);
}

/// <summary>Whom a call calls, by name.</summary>
internal static class CalleeNames
{
    public static string? NameOf(this Callee callee) => callee switch
    {
        DirectCallee direct => direct.Name,
        HelperCallee helper => helper.Name,
        _ => null,
    };
}
