using System.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>A name in a text. Units: bytes.</summary>
internal readonly record struct Identifier(int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>The name that an offset stands in or at the end of; empty where there is none.</summary>
    public static Identifier At(ReadOnlySpan<byte> text, int offset)
    {
        var start = offset;
        while (start > 0 && IsPart(text[start - 1])) start--;
        var end = offset;
        while (end < text.Length && IsPart(text[end])) end++;
        return start < end && !char.IsAsciiDigit((char)text[start]) ? new(start, end - start) : new(offset, 0);
    }

    public string TextIn(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text.Slice(Start, Length));

    /// <summary>Whether it is a member: <c>a.name</c> or <c>a-&gt;name</c>.</summary>
    public bool IsMember(ReadOnlySpan<byte> text)
    {
        var before = text[..Start].TrimEnd(" \t\r\n"u8);
        return before.EndsWith("->"u8) || (before.EndsWith("."u8) && !before.EndsWith(".."u8));
    }

    /// <summary>Every name in a stretch of code, in order.</summary>
    public static List<Identifier> AllIn(ReadOnlySpan<byte> code)
    {
        var names = new List<Identifier>();
        for (var i = 0; i < code.Length;)
        {
            if (!IsPart(code[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < code.Length && IsPart(code[i])) i++;
            if (!char.IsAsciiDigit((char)code[start])) names.Add(new(start, i - start));
        }

        return names;
    }

    private static bool IsPart(byte c) => char.IsAsciiLetterOrDigit((char)c) || c == '_' || c >= 0x80;
}
