namespace KfuncLsp.Workspace.Features;

/// <summary>The call whose parentheses a place stands in: whom it calls, and which argument it is.</summary>
/// <remarks>Units: <see cref="Argument"/> counts from 0. It is read from brackets alone: the text that one types does not parse.</remarks>
internal readonly record struct OpenCall(Identifier Callee, int Argument)
{
    /// <summary>The innermost call around a place in a function's body; null where there is none.</summary>
    public static OpenCall? At(ReadOnlySpan<byte> text, int offset)
    {
        if (CLexer.PlaceAt(text, offset) is CPlace.Comment or CPlace.Directive) return null;
        ReadOnlySpan<byte> code = CLexer.CodeOnly(text);
        if (!IsInBody(code[..offset])) return null;

        var (closed, argument) = (0, 0);
        for (var i = offset - 1; i >= 0; i--)
        {
            switch (code[i])
            {
                case (byte)')' or (byte)']' or (byte)'}':
                    closed++;
                    break;
                case (byte)'(' when closed == 0:
                    var before = code[..i].TrimEnd(" \t\r\n"u8).Length;
                    var name = Identifier.At(code, before);
                    if (name.Length > 0 && name.End == before && !IsKeyword(code.Slice(name.Start, name.Length))) return new(name, argument);
                    // A parenthesis for grouping, or a cast: the call is further out.
                    argument = 0;
                    break;
                case (byte)'(' or (byte)'[' or (byte)'{' when closed > 0:
                    closed--;
                    break;
                case (byte)'[':
                    argument = 0;
                    break;
                case (byte)'{' or (byte)';' when closed == 0:
                    return null;
                case (byte)',' when closed == 0:
                    argument++;
                    break;
            }
        }

        return null;
    }

    private static bool IsInBody(ReadOnlySpan<byte> code)
    {
        var depth = 0;
        foreach (var c in code)
        {
            if (c == '{') depth++;
            else if (c == '}' && depth > 0) depth--;
        }

        return depth > 0;
    }

    private static bool IsKeyword(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("if"u8) || name.SequenceEqual("while"u8) || name.SequenceEqual("for"u8) || name.SequenceEqual("switch"u8)
        || name.SequenceEqual("return"u8) || name.SequenceEqual("sizeof"u8);
}
