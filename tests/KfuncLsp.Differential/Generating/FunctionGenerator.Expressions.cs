using System.Text;

namespace KfuncLsp.Differential.Generating;

internal sealed partial class FunctionGenerator
{
    private string Condition(int depth) => Expression(depth).Text;

    private string Primary(int depth) => $"({Expression(depth).Text})";

    /// <summary>An expression that may stand beside <paramref name="other"/> without an order between them.</summary>
    private Ex Expression(int depth, Ex other = default)
    {
        var (reads, writes) = (_reads, _writes);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var made = Any(depth);
            if (!made.ConflictsWith(other)) return Record(made);
            (_reads, _writes) = (reads, writes);
        }
        return Ex.Pure(_unit.Number(), CInt.Int) is var number && number.Text.Contains("ll") ? number with { Type = CInt.ULong } : number;
    }

    private Ex Record(Ex made)
    {
        Touch(made.Reads, made.Writes);
        return made;
    }

    private Ex Any(int depth)
    {
        if (depth <= 0) return Chance(3) ? Literal() : Value(0);
        return _random.Next(31) switch
        {
            0 => Literal(),
            1 or 2 or 3 => Value(depth),
            4 or 5 => UnaryOf(depth),
            6 or 7 or 8 or 9 => BinaryOf(depth),
            10 => ShiftOf(depth),
            11 => DivisionOf(depth),
            12 or 13 => ComparisonOf(depth),
            14 or 15 => LogicalOf(depth),
            16 or 17 => ConditionalOf(depth),
            18 or 19 => CastOf(depth),
            20 => Assignment(depth - 1) is var a ? a with { Text = $"({a.Text})" } : default,
            21 => Increment() is var i ? i with { Text = $"({i.Text})" } : default,
            22 => CommaOf(depth),
            23 => _unit.Helpers.Count > 0 && CallOf(_unit.Pick(_unit.Helpers), default) is { } call && !call.Type.Equals(Void) ? call : Value(depth),
            24 => StatementExpressionOf(depth),
            25 => BuiltinOf(depth),
            26 => LiteralAccess(depth),
            27 => PointerQuestion(depth),
            28 => StructValueOf(depth),
            29 => MacroOf(depth),
            _ => Value(depth),
        };
    }

    private Ex Literal()
    {
        var text = _unit.Number();
        var type = text.Contains("ull") || text.Contains("sizeof") || text.Contains("offsetof") ? CInt.ULong
            : text.Contains("ll") || text.EndsWith('l') ? CInt.Long
            : text.StartsWith("(-", StringComparison.Ordinal) || text.StartsWith('-') || text == "0x7fffffff" ? CInt.Int
            : text.EndsWith('u') || text is "0x80000000" ? CInt.UInt : CInt.Int;
        return Ex.Pure(text.StartsWith('-') ? $"({text})" : text, type);
    }

    private Ex UnaryOf(int depth)
    {
        var e = Expression(depth - 1);
        return _random.Next(5) switch
        {
            0 => e.With($"(-({e.Text}))", e.Type.Promoted),
            1 => e.With($"(~({e.Text}))", e.Type.Promoted),
            2 => e.With($"(!({e.Text}))", CInt.Int),
            3 => e.With($"(!!({e.Text}))", CInt.Int),
            _ => e.With($"(+({e.Text}))", e.Type.Promoted),
        };
    }

    private string Operator() => _unit.Pick<string>(["+", "-", "*", "&", "|", "^"]);

    private Ex BinaryOf(int depth)
    {
        var left = Expression(depth - 1);
        var right = Expression(depth - 1, left);
        return left.And(right, $"({left.Text} {Operator()} {right.Text})", CInt.Common(left.Type, right.Type));
    }

    private Ex ShiftOf(int depth)
    {
        var left = Expression(depth - 1);
        var right = Expression(depth - 1, left);
        var type = left.Type.Promoted;
        return left.And(right, $"(({left.Text}) {(Chance(2) ? "<<" : ">>")} (({right.Text}) & {type.Bits - 1}))", type);
    }

    private Ex DivisionOf(int depth)
    {
        var left = Expression(depth - 1);
        var sign = Chance(2) ? "/" : "%";
        if (Chance(2)) return left.With($"(({left.Text}) {sign} {_unit.Pick<string>(["3", "7u", "16", "-5", "10ll", "1000000007", "255u"])})", CInt.Int);
        var right = Expression(depth - 1, left);
        return left.And(right, $"(({left.Text}) {sign} ((({right.Text}) & 0x3f) + 1))", CInt.Int);
    }

    private Ex ComparisonOf(int depth)
    {
        var left = Expression(depth - 1);
        var right = Expression(depth - 1, left);
        return left.And(right, $"({left.Text} {_unit.Pick<string>(["==", "!=", "<", "<=", ">", ">="])} {right.Text})", CInt.Int);
    }

    private Ex LogicalOf(int depth)
    {
        var left = Expression(depth - 1);
        var right = Expression(depth - 1);
        return left.And(right, $"(({left.Text}) {(Chance(2) ? "&&" : "||")} ({right.Text}))", CInt.Int);
    }

    private Ex ConditionalOf(int depth)
    {
        var condition = Expression(depth - 1);
        var otherwise = Expression(depth - 1);
        if (Chance(3)) return condition.And(otherwise, $"(({condition.Text}) ?: ({otherwise.Text}))", Narrow(condition, otherwise));
        var then = Expression(depth - 1);
        return condition.And(then, "", CInt.Int).And(otherwise, $"(({condition.Text}) ? ({then.Text}) : ({otherwise.Text}))", Narrow(then, otherwise));

        static CInt Narrow(Ex a, Ex b) => CInt.Common(a.Type, b.Type);
    }

    private Ex CastOf(int depth)
    {
        var e = Expression(depth - 1);
        var type = Type();
        return e.With($"(({type.Name})({e.Text}))", type);
    }

    private Ex CommaOf(int depth)
    {
        var first = Chance(2) ? Assignment(depth - 1) : Expression(depth - 1);
        var second = Expression(depth - 1);
        return first.And(second, $"({first.Text}, {second.Text})", second.Type);
    }

    private Ex Assignment(int depth)
    {
        // The value may read what is assigned to, unless an index on the left has effects of its own.
        var plain = depth <= 0 || Chance(2);
        var target = Lvalue(plain ? 0 : depth, forWrite: true);
        var compound = Chance(2);
        var kind = _random.Next(10);
        var value = Expression(depth, target with { Reads = target.Reads | target.Writes, Writes = plain ? 0 : target.Writes });
        var text = !compound ? $"{target.Text} = {value.Text}" : kind switch
        {
            0 => $"{target.Text} <<= (({value.Text}) & {target.Type.Promoted.Bits - 1})",
            1 => $"{target.Text} >>= (({value.Text}) & {target.Type.Promoted.Bits - 1})",
            2 => $"{target.Text} /= ((({value.Text}) & 0x3f) + 1)",
            3 => $"{target.Text} %= ((({value.Text}) & 0x3f) + 1)",
            _ => $"{target.Text} {Operator()}= {value.Text}",
        };
        return Record(target.And(value, text, target.Type));
    }

    private Ex Increment()
    {
        var target = Lvalue(1, forWrite: true);
        var sign = Chance(2) ? "++" : "--";
        // -- has no meaning for bool that every compiler shares.
        if (target.Type.IsBool) return Record(target.With($"{target.Text} ^= 1", target.Type));
        return Record(target.With(Chance(2) ? $"{target.Text}{sign}" : $"{sign}{target.Text}", target.Type) with { Reads = target.Reads | target.Writes });
    }

    private static readonly CInt Void = new("void", 0, false);

    private Ex? CallOf(Helper helper, Ex other)
    {
        if (helper.Cost > MaximalCost || _spent + _weight * helper.Cost > MaximalCost) return null;
        var all = Ex.Pure("", CInt.Int);
        var texts = new List<string>();
        foreach (var parameter in helper.Parameters)
        {
            var argument = parameter.Kind switch
            {
                VarKind.Pointer => FindAddressable(parameter.Type) is { Type: not null } p ? Ex.Pure(p.Text, p.Type) : Ex.Pure($"&({parameter.Type.Name}){{{_unit.Number()}}}", CInt.Int),
                VarKind.StructPointer => FindStruct(parameter.Struct!, writable: true) is { } s ? Ex.Pure($"&{s}", CInt.Int) : Ex.Pure($"&({parameter.Struct!.Text}){{}}", CInt.Int),
                _ => Expression(1, all with { Reads = all.Reads | other.Reads }),
            };
            all = all.And(argument, "", CInt.Int);
            texts.Add(argument.Text);
        }
        _spent += _weight * helper.Cost;
        var made = all with { Text = $"{helper.Name}({string.Join(", ", texts)})", Type = helper.IsVoid ? Void : helper.Return,
            Reads = all.Reads | Ex.Globals | Ex.Memory, Writes = all.Writes | Ex.Globals | Ex.Memory };
        return Record(made);
    }

    private Ex StatementExpressionOf(int depth)
    {
        var (reads, writes) = (_reads, _writes);
        (_reads, _writes) = (0, 0);
        var (saved, jumps, visible) = (_out, _jumps, _visible.Count);
        _out = new();
        _jumps = "";
        // Of an expression that is a constant, clang forgets the handlers.
        if (Chance(3)) Line($"int guard{_names} __attribute__((cleanup(leave_int))) = nothing + (int)({Expression(1).Text});");
        var guarded = _out.Length > 0;
        if (guarded) Touch(Ex.Globals, Ex.Globals);
        // Clang folds a statement expression whose value is a constant local, and forgets the cleanup in it.
        var declaration = Local(out var local);
        Line($"{(guarded ? declaration.Replace("const ", "") : declaration)};");
        _visible.Add(local);
        for (var i = _random.Next(3); i > 0; i--)
            Line(_random.Next(4) switch
            {
                0 => $"if ({Condition(2)}) {Assignment(1).Text};",
                1 => $"for (int k = 0; k < {_random.Next(1, 4)}; k++) {Assignment(1).Text};",
                2 => $"{Increment().Text};",
                _ => $"{Assignment(2).Text};",
            });
        var value = Chance(2) ? Ex.Pure(local.Name, local.Type) : Expression(depth - 1);
        var body = _out;
        _visible.RemoveRange(visible, _visible.Count - visible);
        (_out, _jumps) = (saved, jumps);
        var made = new Ex($"({{\n{body}{value.Text}; }})", value.Type, _reads, _writes);
        Touch(reads, writes);
        return made;
    }

    private Ex BuiltinOf(int depth)
    {
        var e = Expression(depth - 1);
        return _random.Next(16) switch
        {
            0 => e.With($"__builtin_bswap16({e.Text})", CInt.All[4]),
            1 => e.With($"__builtin_bswap32({e.Text})", CInt.UInt),
            2 => e.With($"__builtin_bswap64({e.Text})", CInt.ULong),
            3 => e.With($"likely({e.Text})", CInt.Long),
            4 => e.With($"__builtin_expect({e.Text}, 0)", CInt.Long),
            5 => e.With($"__builtin_constant_p({e.Text}) * 0", CInt.Int) with { Writes = e.Writes, Text = $"(({e.Text}) + sizeof(+({e.Text})))", Type = CInt.ULong },
            6 => e.With($"__builtin_popcount({e.Text})", CInt.Int),
            7 => e.With($"__builtin_popcountll({e.Text})", CInt.Int),
            8 => e.With($"__builtin_clz(({e.Text}) | 1)", CInt.Int),
            9 => e.With($"__builtin_clzll(({e.Text}) | 1)", CInt.Int),
            10 => e.With($"__builtin_ctz(({e.Text}) | 4096)", CInt.Int),
            11 => e.With($"__builtin_ffsll({e.Text})", CInt.Int),
            12 => e.With($"__builtin_abs((int)(({e.Text}) & 4095) - 2000)", CInt.Int),
            13 => e.With($"__builtin_rotateleft32({e.Text}, {_random.Next(40)})", CInt.UInt),
            14 => e.With($"__builtin_rotateright16({e.Text}, {_random.Next(20)})", CInt.All[4]),
            _ => e.With($"unlikely({e.Text})", CInt.Long),
        };
    }

    private Ex LiteralAccess(int depth)
    {
        var index = Expression(depth - 1);
        switch (_random.Next(5))
        {
            case 0: return index.With($"\"kfunc\\x80\\n\"[({index.Text}) & 7]", CInt.Int);
            case 1:
                var type = Type();
                return index.With($"(({type.Name}[]){{{_unit.Number()}, {_unit.Number()}, {_unit.Number()}, {_unit.Number()}}})[({index.Text}) & 3]", type);
            case 2:
                var first = Expression(depth - 1, Everything with { Reads = ulong.MaxValue });
                return index.And(first, $"((int[4]){{{first.Text}, [2] = 5}})[({index.Text}) & 3]", CInt.Int) is var e && !first.ConflictsWith(index) ? e : index;
            default:
                var holder = _unit.Pick(_unit.Structs);
                if (Field(holder) is not { } field) return index;
                return index.With($"(({holder.Text}){{.{field.Path} = {index.Text}}}).{field.Path}", field.Type);
        }
    }

    /// <summary>Comparisons, differences and null tests of pointers.</summary>
    private Ex PointerQuestion(int depth)
    {
        if (Chance(2) && FindArray() is { } array)
        {
            var (i, j) = (_random.Next(array.Count), _random.Next(array.Count));
            return Ex.Pure(_random.Next(4) switch
            {
                0 => $"(&{array.Name}[{i}] - &{array.Name}[{j}])",
                1 => $"({array.Name} + {i} < &{array.Name}[{j}])",
                2 => $"({array.Name} + {i} == {j} + {array.Name})",
                _ => $"(int)(&{array.Name}[{i}] - {array.Name})",
            }, CInt.Long) is var e && e.Text.StartsWith("(int)", StringComparison.Ordinal) ? e with { Type = CInt.Int, Text = $"({e.Text})" } : e with { Type = e.Text.Contains(" - ") ? CInt.Long : CInt.Int };
        }
        var pointers = _visible.Where(v => v.Kind is VarKind.Pointer or VarKind.StructPointer).ToList();
        if (pointers.Count == 0) return Value(depth);
        var p = _unit.Pick(pointers);
        return new Ex(_random.Next(5) switch
        {
            0 => $"(!{p.Name})",
            1 => $"({p.Name} == 0)",
            2 => $"({p.Name} ? 3 : 4)",
            3 => $"({p.Name} && {Primary(1)})",
            _ => $"({p.Name} != (void *)0)",
        }, CInt.Int, p.Bit | _reads, _writes);
    }

    /// <summary>A member of a struct that is no lvalue, or of one in a conditional.</summary>
    private Ex StructValueOf(int depth)
    {
        var type = _unit.Pick(_unit.Structs);
        if (FindStruct(type) is not { } source || Field(type) is not { } field) return Value(depth);
        var condition = Expression(depth - 1);
        return _random.Next(3) switch
        {
            0 => condition with { Text = $"({{ {type.Text} all = {source}; all; }}).{field.Path}", Type = field.Type, Reads = ulong.MaxValue, Writes = 0 },
            1 => condition with { Text = $"(({condition.Text}) ? {source} : {FindStruct(type)}).{field.Path}", Type = field.Type, Reads = ulong.MaxValue },
            _ => condition with { Text = $"({condition.Text}, {source}).{field.Path}", Type = field.Type, Reads = ulong.MaxValue },
        };
    }

    private Ex MacroOf(int depth)
    {
        if (Chance(2))
        {
            var left = Expression(depth - 1);
            var right = Expression(depth - 1, left);
            return left.And(right, $"min(+({left.Text}), +({right.Text}))", CInt.Common(left.Type, right.Type)) is var e && left.Type.Promoted == right.Type.Promoted ? e : e with { Type = CInt.Int };
        }
        var holders = _visible.Where(v => v is { Kind: VarKind.Struct } && v.IsAddressable && v.Struct!.Fields.Any(f => f.Width == 0)).ToList();
        if (holders.Count == 0) return Value(depth);
        var holder = _unit.Pick(holders);
        var member = holder.Struct!.Fields.First(f => f.Width == 0).Name;
        if (Field(holder.Struct) is not { } field) return Value(depth);
        return new($"container_of(&{holder.Name}.{member}, {holder.Struct.Text}, {member})->{field.Path}", field.Type, holder.Bit | Ex.Memory, 0);
    }
}
