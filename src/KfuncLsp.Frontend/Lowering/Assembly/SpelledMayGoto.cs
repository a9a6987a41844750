namespace KfuncLsp.Frontend.Lowering.Assembly;

/// <summary><c>may_goto</c> as its bytes, for an assembler that does not know it: <c>.byte 0xe5; .byte 0; .short 3; .long 0</c>.</summary>
/// <remarks>Where the distance is computed from a label, <c>.long</c> stands before <c>.short</c>, as on big-endian machines, or not.</remarks>
internal static class SpelledMayGoto
{
    /// <summary>The statements that make one up.</summary>
    public const int Statements = 4;

    /// <summary>Errors: null where the statement at <paramref name="at"/>, behind its labels, does not begin one.</summary>
    public static AsmMayGoto? TryRead(AsmReader first, List<(string Text, List<AsmToken> Tokens)> statements, int at)
    {
        if (!first.Next.Is(".byte") || first.After is not { Kind: AsmTokenKind.Number, Text: "0xe5" } || at + Statements > statements.Count) return null;
        var (second, third, fourth) = (statements[at + 1].Tokens, statements[at + 2].Tokens, statements[at + 3].Tokens);
        if (!second[0].Is(".byte")) return null;
        if (third[0].Is(".short") && fourth[0].Is(".long"))
        {
            var distance = new AsmReader(statements[at + 2].Text, third, _ => null);
            distance.Take();
            return new(new("", Slots: (short)distance.Constant()));
        }

        if (!third[0].Is(".long") || !fourth[0].Is(".short")) return null;
        foreach (var token in third[1..])
        {
            if (token is { Kind: AsmTokenKind.Operand, Modifier: 'l' }) return new(new(token.Text, IsCLabel: true));
            if (token.Kind == AsmTokenKind.Word && token.Text != ".") return new(new(token.Text));
        }

        return null;
    }
}
