using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering.Assembly;

/// <summary>One statement of assembly, token by token: values, places, targets and constant expressions.</summary>
internal sealed class AsmReader(string text, List<AsmToken> tokens, Func<string, long?> constants)
{
    private int _next;

    public AsmToken Next => tokens[_next];
    public AsmToken After => tokens[Math.Min(_next + 1, tokens.Count - 1)];
    public bool IsAtEnd => Next.Kind == AsmTokenKind.End;

    public NotLoweredException NotUnderstood() => new($"assembly that is not understood: `{text}`");

    public AsmToken Take()
    {
        var token = Next;
        if (!IsAtEnd) _next++;
        return token;
    }

    public bool TryTake(string word)
    {
        if (!Next.Is(word)) return false;
        _next++;
        return true;
    }

    public void Expect(string word)
    {
        if (!TryTake(word)) throw NotUnderstood();
    }

    /// <summary>A register, or an operand in the place of one; null where the next token is neither.</summary>
    public AsmValue? TryRegister()
    {
        if (Next is { Kind: AsmTokenKind.Operand, Modifier: ' ' or 'w' } operand)
        {
            _next++;
            return new AsmOperand(operand.Text, operand.Modifier == 'w');
        }

        if (Next is not { Kind: AsmTokenKind.Word, Text: ['r' or 'w', .. var digits] word } || digits.Length is 0 or > 2 || !int.TryParse(digits, out var number) || number > 10) return null;
        _next++;
        return new AsmRegister(number, word[0] == 'w');
    }

    public AsmValue Register() => TryRegister() ?? throw NotUnderstood();

    /// <summary>The right side of an operation: a register, an operand or a number.</summary>
    public AsmValue Value()
    {
        // An operand within an expression is a constant.
        var isAlone = Next.Kind != AsmTokenKind.Operand || After.Kind is AsmTokenKind.End or AsmTokenKind.Word;
        return isAlone && TryRegister() is { } register ? register : new AsmNumber((int)Constant());
    }

    /// <summary><c>(u32 *)</c>, without the parenthesis before it where <paramref name="isOpen"/>.</summary>
    public IntType Size(bool isOpen = false)
    {
        if (!isOpen) Expect("(");
        IntType type = Take().Text switch
        {
            "u8" => new(8, false), "u16" => new(16, false), "u32" => new(32, false), "u64" => new(64, false),
            "s8" => new(8, true), "s16" => new(16, true), "s32" => new(32, true),
            _ => throw NotUnderstood(),
        };
        Expect("*");
        Expect(")");
        return type;
    }

    /// <summary><c>(r10 - 8)</c>, or an operand in memory.</summary>
    public AsmPlace Place()
    {
        if (Next.Kind == AsmTokenKind.Operand) return new(Register(), 0);
        Expect("(");
        var place = PlaceInside();
        Expect(")");
        return place;
    }

    /// <summary><c>r10 - 8</c>.</summary>
    public AsmPlace PlaceInside()
    {
        var register = Register();
        return new(register, Next.Is("+") || Next.Is("-") ? (short)Constant() : 0);
    }

    public AsmTarget Target()
    {
        if (Next is { Kind: AsmTokenKind.Operand, Modifier: 'l' }) return new(Take().Text, IsCLabel: true);
        if (Next.Is("pc")) Take();
        if (Next.Is("+") || Next.Is("-")) return new("", Slots: (int)Constant());
        return Next.Kind is AsmTokenKind.Word or AsmTokenKind.Number ? new(Take().Text) : throw NotUnderstood();
    }

    /// <summary>A constant expression, as the assembler computes it.</summary>
    public long Constant() => Or();

    private long Or()
    {
        var value = And();
        while (Next.Is("|") || Next.Is("^")) value = Take().Text == "|" ? value | And() : value ^ And();
        return value;
    }

    private long And()
    {
        var value = Sum();
        while (TryTake("&")) value &= Sum();
        return value;
    }

    private long Sum()
    {
        var value = Product();
        while (Next.Is("+") || Next.Is("-")) value = Take().Text == "+" ? value + Product() : value - Product();
        return value;
    }

    private long Product()
    {
        var value = Unary();
        while (Next.Is("*") || Next.Is("<<") || Next.Is(">>"))
            value = Take().Text switch { "*" => value * Unary(), "<<" => value << (int)Unary(), _ => value >> (int)Unary() };
        return value;
    }

    private long Unary()
    {
        if (TryTake("-")) return -Unary();
        if (TryTake("+")) return Unary();
        if (TryTake("~")) return ~Unary();
        if (TryTake("("))
        {
            var inside = Constant();
            Expect(")");
            return inside;
        }

        var token = Take();
        return token.Kind switch
        {
            AsmTokenKind.Number when Number(token.Text) is { } number => number,
            AsmTokenKind.Operand when token.Modifier == ' ' && constants(token.Text) is { } constant => constant,
            _ => throw NotUnderstood(),
        };
    }

    private static long? Number(string text)
    {
        text = text.TrimEnd('u', 'U', 'l', 'L');
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(text.AsSpan(2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var hex) ? (long)hex : null;
        return ulong.TryParse(text, System.Globalization.NumberStyles.None, null, out var value) ? (long)value : null;
    }
}
