namespace KfuncLsp.Frontend.Lowering;

/// <summary>What can be told of the text between a function's braces without parsing it.</summary>
internal static class BodyText
{
    /// <summary>Whether it may change how the text behind it is read: by a directive, or a pragma that is written as an operator.</summary>
    public static bool MayReachOut(ReadOnlySpan<byte> body) =>
        body.Contains((byte)'#') || body.IndexOf("%:"u8) >= 0 || body.IndexOf("??="u8) >= 0 || body.IndexOf("_Pragma"u8) >= 0;

    /// <summary>Whether the <c>_Pragma</c> that a text begins with is of no effect beyond its statement, or on warnings only.</summary>
    public static bool IsPassingPragma(ReadOnlySpan<byte> text)
    {
        text = text["_Pragma"u8.Length..].TrimStart(" \t("u8);
        foreach (var passing in s_passing)
            if (text.StartsWith(passing)) return true;
        return false;
    }

    private static readonly byte[][] s_passing =
    [
        .. new[] { "\"GCC diagnostic", "\"clang diagnostic", "\"GCC error", "\"GCC warning", "\"message", "\"clang loop", "\"GCC unroll", "\"unroll", "\"nounroll", "__BPF_TARGET_MISSING" }
            .Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    /// <summary>Whether a body that clang did not understand whole may declare what is seen behind it.</summary>
    public static bool MayDeclare(ReadOnlySpan<byte> body) =>
        body.IndexOf("extern"u8) >= 0 || body.IndexOf("__ksym"u8) >= 0 || body.IndexOf("__weak"u8) >= 0 || body.IndexOf("__attribute__"u8) >= 0;

    /// <summary>Whether it closes every brace, comment and literal that it opens, and no other.</summary>
    public static bool IsBalanced(ReadOnlySpan<byte> body)
    {
        var depth = 0;
        for (var i = 0; i < body.Length; i++)
            switch (body[i])
            {
                case (byte)'{': depth++; break;
                case (byte)'}' when --depth < 0: return false;
                case (byte)'/' when body[i..].StartsWith("/*"u8):
                    var close = body[(i + 2)..].IndexOf("*/"u8);
                    if (close < 0) return false;
                    i += 2 + close + 1;
                    break;
                case (byte)'/' when body[i..].StartsWith("//"u8):
                    var line = body[i..].IndexOf((byte)'\n');
                    if (line < 0) return false;
                    i += line - 1;
                    if (body[i] == '\\' || (body[i] == '\r' && body[i - 1] == '\\')) return false; // It goes on in the next line.
                    break;
                case (byte)'"' or (byte)'\'':
                    var quote = body[i];
                    for (i++; i < body.Length && body[i] != quote && body[i] != '\n'; i++)
                        if (body[i] == '\\') i++;
                    if (i >= body.Length || body[i] != quote) return false;
                    break;
            }
        return depth == 0;
    }
}
