using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Text;
using Range = KfuncLsp.Server.Lsp.Protocol.Range;

namespace KfuncLsp.Server.Lsp.Conversion;

/// <summary>Between the protocol's positions and the workspace's.</summary>
internal static class Positions
{
    public static TextPosition ToText(this Position position) => new((int)Math.Min(position.Line, int.MaxValue), (int)Math.Min(position.Character, int.MaxValue));

    public static TextRange ToText(this Range range) => new(range.Start.ToText(), range.End.ToText());

    public static Position ToLsp(this TextPosition position) => new((uint)position.Line, (uint)position.Character);

    public static Range ToLsp(this TextRange range) => new(range.Start.ToLsp(), range.End.ToLsp());

    public static string NameOf(PositionEncoding encoding) => encoding switch
    {
        PositionEncoding.Utf8 => PositionEncodingKind.Utf8,
        PositionEncoding.Utf32 => PositionEncodingKind.Utf32,
        _ => PositionEncodingKind.Utf16,
    };

    /// <summary>UTF-8, which is what we count, where the client has it; else its first choice that we know, else UTF-16.</summary>
    public static PositionEncoding Choose(string[]? offered)
    {
        if (offered is null) return PositionEncoding.Utf16;
        if (offered.Contains(PositionEncodingKind.Utf8)) return PositionEncoding.Utf8;
        foreach (var name in offered)
        {
            if (name == PositionEncodingKind.Utf16) return PositionEncoding.Utf16;
            if (name == PositionEncodingKind.Utf32) return PositionEncoding.Utf32;
        }

        return PositionEncoding.Utf16;
    }
}
