using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering.Assembly;

/// <summary>BPF assembly as clang reads it → instructions.</summary>
/// <remarks>Errors: what is not understood gives up with <see cref="NotLoweredException"/>; nothing is guessed.</remarks>
internal static class AsmParser
{
    /// <summary>Parses a template; <paramref name="constants"/> gives the number of an operand that is one.</summary>
    public static AsmText Parse(string template, Func<string, long?> constants)
    {
        var result = new AsmText();
        var statements = AsmLexer.Statements(template);
        for (var i = 0; i < statements.Count; i++)
        {
            var reader = new AsmReader(statements[i].Text, statements[i].Tokens, constants);
            while (reader.Next.Kind is AsmTokenKind.Word or AsmTokenKind.Number && reader.After.Is(":"))
            {
                result.Labels.Add((reader.Take().Text, result.Instructions.Count));
                reader.Take();
            }

            if (reader.IsAtEnd) continue;
            if (SpelledMayGoto.TryRead(reader, statements, i) is { } spelled)
            {
                result.Instructions.Add(spelled);
                i += SpelledMayGoto.Statements - 1;
                continue;
            }

            result.Instructions.Add(Instruction(reader, constants));
            if (!reader.IsAtEnd) throw reader.NotUnderstood();
        }

        return result;
    }

    private static AsmInstr Instruction(AsmReader reader, Func<string, long?> constants)
    {
        if (reader.TryTake("exit")) return new AsmExit();
        if (reader.TryTake("goto") || reader.TryTake("gotol")) return new AsmJump(reader.Target());
        if (reader.TryTake("may_goto")) return new AsmMayGoto(reader.Target());
        if (reader.TryTake("if")) return If(reader);
        if (reader.TryTake("call")) return Call(reader);
        if (reader.TryTake("lock")) return Locked(reader);
        if (reader.TryTake("store_release")) return StoreRelease(reader);
        if (reader.TryTake(".8byte")) return RawInstruction.Decode(constants(reader.Take().Text)) ?? throw reader.NotUnderstood();
        if (reader.TryTake("*")) return Store(reader);
        if (reader.Next.Kind == AsmTokenKind.Operand || reader.Next.Kind == AsmTokenKind.Word) return Assignment(reader);
        throw reader.NotUnderstood();
    }

    private static AsmIf If(AsmReader reader)
    {
        var left = reader.Register();
        var isSigned = reader.TryTake("s");
        var symbol = reader.Take().Text;
        var op = symbol switch
        {
            "==" => BinaryOp.Eq, "!=" or "&" => BinaryOp.Ne,
            "<" => BinaryOp.Lt, "<=" => BinaryOp.Le, ">" => BinaryOp.Gt, ">=" => BinaryOp.Ge,
            _ => throw reader.NotUnderstood(),
        };
        var right = reader.Value();
        if (!reader.TryTake("goto")) reader.Expect("gotol");
        return new(op, isSigned, symbol == "&", left, right, reader.Target());
    }

    private static AsmCall Call(AsmReader reader)
    {
        var token = reader.Take();
        return new(token.Kind switch
        {
            AsmTokenKind.Operand => new AsmOperand(token.Text, false),
            AsmTokenKind.Word => new AsmSymbol(token.Text),
            AsmTokenKind.Number when long.TryParse(token.Text, out var number) => new AsmNumber(number),
            _ => throw reader.NotUnderstood(),
        });
    }

    private static AsmStore Store(AsmReader reader)
    {
        var type = reader.Size();
        var place = reader.Place();
        reader.Expect("=");
        return new(place, type, reader.Value());
    }

    private static AsmAtomic Locked(AsmReader reader)
    {
        reader.Expect("*");
        var type = reader.Size();
        var place = reader.Place();
        var builtin = reader.Take().Text switch
        {
            "+=" => "__sync_fetch_and_add", "&=" => "__sync_fetch_and_and", "|=" => "__sync_fetch_and_or", "^=" => "__sync_fetch_and_xor",
            _ => throw reader.NotUnderstood(),
        };
        return new(null, builtin, place, type, [reader.Register()]);
    }

    private static AsmStore StoreRelease(AsmReader reader)
    {
        reader.Expect("(");
        var type = reader.Size();
        var place = reader.Place();
        reader.Expect(",");
        var value = reader.Register();
        reader.Expect(")");
        return new(place, type, value);
    }

    private static AsmInstr Assignment(AsmReader reader)
    {
        var target = reader.Register();
        var isSigned = reader.TryTake("s");
        var symbol = reader.Take().Text;
        if (symbol == "=" && !isSigned) return Assigned(reader, target);
        var op = symbol switch
        {
            "+=" => BinaryOp.Add, "-=" => BinaryOp.Sub, "*=" => BinaryOp.Mul, "/=" => BinaryOp.Div, "%=" => BinaryOp.Mod,
            "&=" => BinaryOp.And, "|=" => BinaryOp.Or, "^=" => BinaryOp.Xor, "<<=" => BinaryOp.Shl, ">>=" => BinaryOp.Shr,
            _ => throw reader.NotUnderstood(),
        };
        return new AsmArithmetic(target, op, isSigned, reader.Value());
    }

    private static AsmInstr Assigned(AsmReader reader, AsmValue target)
    {
        if (reader.TryTake("*")) return Load(reader, target);
        if (reader.Next.Is("-") && reader.After is { Kind: AsmTokenKind.Word })
        {
            reader.Take();
            return reader.Register() == target ? new AsmNegate(target) : throw reader.NotUnderstood();
        }

        if (reader.Next.Is("(") && SignedBits(reader.After.Text) is > 0 and var bits)
        {
            reader.Take();
            reader.Take();
            reader.Expect(")");
            return new AsmMove(target, reader.Register(), bits);
        }

        var isExpression = reader.Next.Kind == AsmTokenKind.Operand && reader.After is { Kind: AsmTokenKind.Punctuation };
        if (!isExpression && reader.TryRegister() is { } register)
            return new AsmMove(target, register) { Slots = reader.TryTake("ll") ? 2 : 1 };
        if (reader.Next.Kind == AsmTokenKind.Word) return Named(reader, target);
        var number = reader.Constant();
        return reader.TryTake("ll") ? new AsmMove(target, new AsmNumber(number)) { Slots = 2 } : new AsmMove(target, new AsmNumber((int)number));
    }

    private static int SignedBits(string type) => type switch { "s8" => 8, "s16" => 16, "s32" => 32, _ => 0 };

    private static AsmInstr Load(AsmReader reader, AsmValue target)
    {
        var type = reader.Size();
        if (!reader.TryTake("skb")) return new AsmLoad(target, type, reader.Place());
        reader.Expect("[");
        var index = reader.TryRegister();
        if (index is null) reader.Constant();
        reader.Expect("]");
        return target is AsmRegister { Number: 0 } ? new AsmPacketLoad(index) : throw reader.NotUnderstood();
    }

    /// <summary>What begins with a word: an atomic operation, a byte swap, or a symbol's address.</summary>
    private static AsmInstr Named(AsmReader reader, AsmValue target)
    {
        var name = reader.Take().Text;
        switch (name)
        {
            case "be16" or "be32" or "be64" or "le16" or "le32" or "le64" or "bswap16" or "bswap32" or "bswap64":
                reader.Register();
                return new AsmOpaque(target, "the result of a byte swap");
            case "atomic_fetch_add" or "atomic_fetch_and" or "atomic_fetch_or" or "atomic_fetch_xor":
                reader.Expect("(");
                var type = reader.Size();
                var place = reader.Place();
                return Finish(reader, target, $"__sync_fetch_and_{name["atomic_fetch_".Length..]}", place, type);
            case "load_acquire":
                reader.Expect("(");
                var load = new AsmLoad(target, reader.Size(), reader.Place());
                reader.Expect(")");
                return load;
            case "xchg_64" or "xchg32_32" or "cmpxchg_64" or "cmpxchg32_32":
                reader.Expect("(");
                var builtin = name.StartsWith('x') ? "__sync_lock_test_and_set" : "__sync_val_compare_and_swap";
                return Finish(reader, target, builtin, reader.PlaceInside(), new IntType(name.EndsWith("_64", StringComparison.Ordinal) ? 64 : 32, false));
            default:
                reader.Expect("ll");
                return new AsmMove(target, new AsmSymbol(name)) { Slots = 2 };
        }
    }

    private static AsmAtomic Finish(AsmReader reader, AsmValue target, string builtin, AsmPlace place, IntType type)
    {
        var values = new List<AsmValue>();
        while (reader.TryTake(",")) values.Add(reader.Register());
        reader.Expect(")");
        return new(target, builtin, place, type, [.. values]);
    }
}
