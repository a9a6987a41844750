using System.Text;

namespace KfuncLsp.Differential.Generating;

internal sealed partial class FunctionGenerator
{
    private const long MaximalCost = 6000;

    // Where break and continue lead, innermost last: 'l' a loop, 's' a switch. A statement expression hides what is outside it.
    private string _jumps = "";

    /// <summary>Some statements, then a look at what the block declared.</summary>
    private void Block(int depth)
    {
        var outer = _visible.Count;
        var count = depth == 0 ? _statementsLeft : _random.Next(1, 5);
        for (var i = 0; i < count && _statementsLeft > 0; i++) Statement(depth);
        foreach (var variable in _visible.Skip(outer))
            foreach (var path in UnitGenerator.Scalars(variable))
                if (depth == 0 || Chance(3)) Line($"r = mix(r, {path});");
    }

    private void Statement(int depth)
    {
        _statementsLeft--;
        _spent += _weight;
        switch (_random.Next(depth > 3 || _spent > MaximalCost ? 19 : 36))
        {
            case 0 or 1: Declaration(); break;
            case 2 or 3 or 4: Line($"{Assignment(3).Text};"); break;
            case 5: Line($"{Increment().Text};"); break;
            case 6: Line($"r = mix(r, {Expression(4, Result).Text});"); break;
            case 7: Line($"r += {Expression(4, Result).Text};"); break;
            case 8: StructStatement(); break;
            case 9: MemoryStatement(); break;
            case 10: PointerStatement(); break;
            case 11: CallStatement(); break;
            case 12: Line(_unit.Pick<string>([";", "{ }", "(void)0;", $"(void)({Expression(2).Text});", "__asm__ volatile(\"\" ::: \"memory\");", "do { } while (0);"])); break;
            case 13: Leave(); break;
            case 14: Declaration(); break;
            case 15: AsmBarrier(); break;
            case 16: Line($"if ({Condition(3)}) {Assignment(2).Text}; else {Assignment(2).Text};"); break;
            case 17 or 18: Rarer(depth); break;
            case 19 or 20 or 21: If(depth); break;
            case 22 or 23: For(depth); break;
            case 24: While(depth); break;
            case 25: DoWhile(depth); break;
            case 26 or 27: SwitchStatement(depth); break;
            case 28: ForwardGoto(depth); break;
            case 29: BackwardGoto(depth); break;
            case 30: CounterLoop(depth); break;
            case 31: PointerLoop(depth); break;
            case 32: Cleanup(depth); break;
            case 33: ElseIfChain(depth); break;
            case 34: StatementExpressionStatement(depth); break;
            default:
                Line("{");
                Scope(() => Block(depth + 1));
                Line("}");
                break;
        }
    }

    private void If(int depth)
    {
        Line($"if ({Condition(4)}) {{");
        Scope(() => Block(depth + 1));
        if (Chance(2))
        {
            Line("} else {");
            Scope(() => Block(depth + 1));
        }
        Line("}");
    }

    private void ElseIfChain(int depth)
    {
        for (var i = 0; i < _random.Next(2, 6); i++)
        {
            Line($"{(i == 0 ? "" : "else ")}if ({Condition(3)})");
            if (Chance(2)) Line($"\t{Assignment(2).Text};");
            else
            {
                Line("{");
                Scope(() => Block(depth + 2));
                Line("}");
            }
        }
        if (Chance(2)) Line($"else r = mix(r, {Expression(2, Result).Text});");
    }

    private void For(int depth)
    {
        var limit = _random.Next(1, 5);
        var counter = NewName("i");
        Line("{");
        Scope(() =>
        {
            Line($"int {counter} = 0;");
            _visible.Add(new(counter, VarKind.Int, CInt.Int, NewBit()) { IsReadOnly = true });
            var visible = _visible.Count;
            var init = _random.Next(5) switch
            {
                0 => "",
                1 => $"{counter} = 0",
                2 => $"{counter} = 0, r += {Expression(2, Result).Text}",
                3 => Local(out _),
                _ => $"{Assignment(2).Text}",
            };
            var counts = !Chance(3);
            var tests = !Chance(3);
            var condition = !tests ? "" : Chance(3) ? $"{counter} < {limit} && {Primary(3)}" : Chance(4) ? $"{Assignment(1).Text}, {counter} < {limit}" : $"{counter} < {limit}";
            var increment = counts ? Chance(4) ? $"{counter}++, {Assignment(1).Text}" : _unit.Pick<string>([$"{counter}++", $"++{counter}", $"{counter} += 1"])
                : Chance(2) ? "" : $"{Assignment(2).Text}";
            Line($"for ({init}; {condition}; {increment}) {{");
            Loop(limit, depth, !counts ? $"if ({counter}++ >= {limit}) break;" : tests ? null : $"if ({counter} >= {limit}) break;");
            Line("}");
            _visible.RemoveRange(visible, _visible.Count - visible);
        });
        Line("}");
    }

    private void While(int depth)
    {
        var counter = NewName("i");
        var limit = _random.Next(1, 6);
        Line($"int {counter} = {limit};");
        Line($"while ({counter}--{(Chance(2) ? "" : $" && {Primary(3)}")}) {{");
        Loop(limit, depth, null);
        Line("}");
    }

    private void DoWhile(int depth)
    {
        var counter = NewName("i");
        var limit = _random.Next(1, 5);
        Line($"int {counter} = 0;");
        Line("do {");
        Loop(limit, depth, null);
        Line($"}} while (++{counter} < {limit}{(Chance(2) ? "" : $" && {Primary(3)}")});");
    }

    private void Loop(int limit, int depth, string? first)
    {
        var jumps = _jumps;
        _jumps += 'l';
        Scope(() => Repeated(limit, () =>
        {
            if (first is not null) Line(first);
            Block(depth + 1);
        }));
        _jumps = jumps;
    }

    private void CounterLoop(int depth)
    {
        var cursor = NewName("c");
        var start = _random.Next(-2, 3);
        var limit = _random.Next(0, 5);
        if (Chance(2))
        {
            Line($"int {cursor} = 0;");
            Line($"for_counter({cursor}, {start}, {start + limit}) {{");
            _visible.Add(new(cursor, VarKind.Int, CInt.Int, NewBit() | Ex.Memory) { IsReadOnly = true });
        }
        else
        {
            var slot = NewName("slot");
            Line($"int {slot} = 0, *{cursor};");
            Line($"each_value({cursor}, {slot}, {start}, {start + limit}) {{");
            _visible.Add(new(slot, VarKind.Int, CInt.Int, NewBit() | Ex.Memory) { IsReadOnly = true });
        }
        _reads |= Ex.Globals | Ex.Memory;
        _writes |= Ex.Globals | Ex.Memory;
        Loop(limit + 1, depth, null);
        Line("}");
    }

    private void PointerLoop(int depth)
    {
        if (FindArray() is not { } array) return;
        var cursor = NewName("q");
        Line($"for ({(array.IsReadOnly ? "const " : "")}{array.Type.Name} *{cursor} = {array.Name}; {cursor} < {array.Name} + {array.Count}; {cursor}++) {{");
        var jumps = _jumps;
        _jumps += 'l';
        Scope(() => Repeated(array.Count, () =>
        {
            Line($"r = mix(r, *{cursor} + ({cursor} - {array.Name}));");
            if (!array.IsReadOnly) Line($"*{cursor} {Operator()}= {Expression(2, Array(array)).Text};");
            Block(depth + 1);
        }));
        _jumps = jumps;
        Line("}");

        Ex Array(Var v) => new("", v.Type, v.Bit, v.Bit);
    }

    private void SwitchStatement(int depth)
    {
        var (scrutinee, low, high) = _random.Next(4) switch
        {
            0 => ($"({Expression(3).Text}) & 7", 0, 8),
            1 => ($"(s8)({Expression(3).Text})", -100, 100),
            2 => ($"({Expression(3).Text}) % 5u", 0, 6),
            _ => ($"(u16)({Expression(3).Text}) % 12", -2, 12),
        };
        // A negative label would be a huge one for an unsigned scrutinee.
        if (scrutinee.Contains("5u")) low = 0;
        Line($"switch ({scrutinee}) {{");
        var jumps = _jumps;
        _jumps += 's';
        var next = (long)low;
        var labels = _random.Next(1, 6);
        var defaultAt = _random.Next(0, labels + 2);
        Scope(() =>
        {
            for (var i = 0; i < labels && next < high; i++)
            {
                if (i == defaultAt) Line("default:");
                var from = next + _random.Next(0, Math.Max(1, (high - low) / 5));
                var to = from + (Chance(4) ? _random.Next(1, 4) : 0);
                Line(from == to ? $"case {from}:" : $"case {from} ... {to}:");
                next = to + 1;
                if (Chance(5)) continue;
                if (Chance(2)) Line($"\t{Assignment(2).Text};");
                else
                {
                    Line("{");
                    Scope(() => Block(depth + 1));
                    Line("}");
                }
                if (!Chance(4)) Line("\tbreak;");
            }
            Line(defaultAt >= labels ? $"default: r = mix(r, {Expression(2, Result).Text});" : ";");
        });
        _jumps = jumps;
        Line("}");
    }

    private void ForwardGoto(int depth)
    {
        var label = $"out{_labels++}";
        Line("{");
        Scope(() =>
        {
            if (!Chance(3)) Line($"if ({Condition(3)}) goto {label};");
            Block(depth + 1);
            Line($"if ({Condition(3)}) {{ {Assignment(1).Text}; goto {label}; }}");
            Block(depth + 1);
        });
        Line("}");
        Line($"{label}:;");
    }

    private void BackwardGoto(int depth)
    {
        var label = $"again{_labels++}";
        var counter = NewName("i");
        Line($"int {counter} = 0;");
        Line($"{label}:");
        Line("{");
        Scope(() => Repeated(3, () => Block(depth + 1)));
        Line("}");
        Line($"if (++{counter} < 3 && {Primary(2)}) goto {label};");
    }

    private void Cleanup(int depth)
    {
        var name = NewName("x");
        var isByte = Chance(2);
        var handler = isByte ? "leave_u8" : "leave_int";
        Line("{");
        Scope(() =>
        {
            if (Chance(4)) Line($"int other_{name} __attribute__((cleanup(leave_int))) = {Expression(2).Text};");
            Line($"{(isByte ? "u8" : "int")} {name} __attribute__((cleanup({handler}))) = {Expression(3).Text};");
            _visible.Add(new(name, VarKind.Int, isByte ? CInt.All[1] : CInt.Int, NewBit() | Ex.Memory) { IsAddressable = true });
            Block(depth + 1);
        });
        Line("}");
        _reads |= Ex.Globals;
        _writes |= Ex.Globals;
    }

    private void StatementExpressionStatement(int depth)
    {
        // Its statements may leave the function or the loop around it.
        var target = Lvalue(0, forWrite: true);
        var saved = _out;
        _out = new();
        var visible = _visible.Count;
        Block(depth + 1);
        if (Chance(3)) Leave();
        var value = Expression(2);
        _visible.RemoveRange(visible, _visible.Count - visible);
        var body = _out;
        _out = saved;
        Line($"{target.Text} = ({{\n{body}{value.Text}; }});");
    }

    /// <summary>Leaves the loop, the switch or the function, on a condition.</summary>
    private void Leave()
    {
        var choices = new List<string> { _isVoid ? "return;" : $"return {Expression(3).Text};" };
        if (_jumps.Length > 0) choices.AddRange(["break;", "break;"]);
        if (_jumps.Contains('l')) choices.AddRange(["continue;", "continue;"]);
        Line($"if ({Condition(3)}) {_unit.Pick(choices)}");
    }

    private void CallStatement()
    {
        if (CallOf(_unit.Pick(_unit.Helpers is { Count: > 0 } some ? some : [Nothing]), default) is { } call) Line($"{call.Text};");
    }

    private static readonly Helper Nothing = new("", CInt.Int, [], long.MaxValue / 2);

    private void AsmBarrier()
    {
        if (_visible.Where(v => v is { Kind: VarKind.Int, IsReadOnly: false } && !_unit.Globals.Contains(v) && v.Type.Bits >= 32).ToList() is { Count: > 0 } some)
        {
            var variable = _unit.Pick(some);
            Line($"__asm__ volatile(\"\" : \"+r\"({variable.Name}));");
            _reads |= variable.Bit;
            _writes |= variable.Bit;
        }
    }
}
