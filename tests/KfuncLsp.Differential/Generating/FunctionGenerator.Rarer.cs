namespace KfuncLsp.Differential.Generating;

/// <summary>Forms that are rarer in BPF code: structs by value, atomics, unions, matrices, labels inside blocks of a switch.</summary>
internal sealed partial class FunctionGenerator
{
    private void Rarer(int depth)
    {
        switch (_random.Next(9))
        {
            case 0: StructByValue(); break;
            case 1: Atomic(); break;
            case 2: Union(); break;
            case 3: Matrix(); break;
            case 4: PointerToPointer(); break;
            case 5: InterleavedSwitch(depth); break;
            case 6: Once(); break;
            case 7: LocalTypes(); break;
            default: ConstantConditions(depth); break;
        }
    }

    private void StructByValue()
    {
        var type = _unit.Pick(_unit.Structs);
        var argument = FindStruct(type) ?? $"({type.Text}){StructInitialiser(type)}";
        var number = Expression(2, Everything).Text;
        var call = $"turn_{type.Name}({argument}, {number})";
        var paths = UnitGenerator.Scalars(new Var("", VarKind.Struct, CInt.Int, 0) { Struct = type }).Select(p => p[1..]).ToList();
        var name = NewName("turned");
        switch (_random.Next(4))
        {
            case 0: Line($"r = mix(r, {call}.{_unit.Pick(paths)});"); break;
            case 1: Line($"r = mix(r, turn_{type.Name}({call}, {_unit.Number()}).{_unit.Pick(paths)});"); break;
            case 2 when _visible.LastOrDefault(v => v.Kind == VarKind.Struct && v.Struct == type && !v.IsReadOnly) is { } target:
                Line($"{target.Name} = {call};");
                Touch(target.Bit, target.Bit);
                break;
            default:
                Line($"{type.Text} {name} = {call};");
                foreach (var path in paths) Line($"r = mix(r, {name}.{path});");
                break;
        }
    }

    private void Atomic()
    {
        var name = NewName("at");
        var type = _unit.Pick<string>(["int", "unsigned int", "long", "u64", "s32"]);
        Line($"{type} {name} = {Expression(2).Text};");
        var operation = _unit.Pick<string>(["fetch_and_add", "fetch_and_and", "fetch_and_or", "fetch_and_xor", "fetch_and_sub", "lock_test_and_set"]);
        if (Chance(3)) Line($"r = mix(r, __sync_val_compare_and_swap(&{name}, {name}{(Chance(2) ? " + 1" : "")}, {_unit.Number()}));");
        else if (Chance(2)) Line($"r = mix(r, __sync_{operation}(&{name}, {_unit.Number()}));");
        else Line($"__sync_{operation}(&{name}, {Expression(2).Text});");
        Line($"r = mix(r, {name});");
    }

    private void Union()
    {
        var name = NewName("un");
        Line($"union {{ u64 q; u32 w[2]; u16 h[4]; u8 b[8]; struct {{ u32 lo : 20, mid : 12; s32 hi; }}; }} {name} = {{ .q = {Expression(3).Text} }};");
        for (var i = _random.Next(1, 4); i > 0; i--)
            Line($"{name}.{_unit.Pick<string>(["w[1]", "h[2]", "b[5]", "lo", "mid", "hi", "q", "b[0]"])} {(Chance(2) ? Operator() : "")}= {Expression(2).Text};");
        Line($"r = mix(r, {name}.{_unit.Pick<string>(["w[0]", "h[1]", "b[5]", "lo", "mid", "hi"])} + {name}.q);");
    }

    private void Matrix()
    {
        var name = NewName("grid");
        var type = Type();
        var initial = _random.Next(3) switch
        {
            0 => "{}",
            1 => $"{{{{{_unit.Number()}, {_unit.Number()}}}, {{[2] = {Expression(1, Everything).Text}}}}}",
            _ => $"{{{_unit.Number()}, {_unit.Number()}, {_unit.Number()}, {_unit.Number()}, {_unit.Number()}, [1][3] = {_unit.Number()}}}",
        };
        Line($"{type.Name} {name}[2][4] = {initial};");
        Line($"for (int a = 0; a < 2; a++) for (int b = 0; b < 4; b++) {{ {name}[a][b] {Operator()}= a * 4 + b; r = mix(r, {name}[a][b]); }}");
        Line($"{type.Name} (*row_{name})[4] = &{name}[{_random.Next(2)}];");
        Line($"r = mix(r, (*row_{name})[({Expression(2, Result).Text}) & 3] + sizeof(*row_{name}) + sizeof({name}) / sizeof({name}[0]));");
    }

    private void PointerToPointer()
    {
        var pointers = _visible.Where(v => v is { Kind: VarKind.Pointer, MayBeNull: false, IsReadOnly: false }).ToList();
        if (pointers.Count == 0) return;
        var pointer = _unit.Pick(pointers);
        var name = NewName("pp");
        Line($"{pointer.Type.Name} **{name} = &{pointer.Name};");
        Line($"**{name} {Operator()}= {Expression(2, Everything).Text};");
        Line($"r = mix(r, **{name} + (*{name} == {pointer.Name}));");
        Touch(pointer.Bit | Ex.Memory | Ex.Globals, pointer.Bit | Ex.Memory | Ex.Globals);
    }

    /// <summary>Labels of a switch inside blocks and loops of it.</summary>
    private void InterleavedSwitch(int depth)
    {
        var counter = NewName("n");
        Line($"int {counter} = {_random.Next(1, 5)};");
        Line($"switch (({Expression(3).Text}) & 3) {{");
        Line("case 0: do {");
        Line($"\t{Assignment(2).Text};");
        Line($"case 1: if ({Condition(2)}) {{");
        Line($"\t{Assignment(1).Text};");
        Line($"case 2: r = mix(r, {Expression(1, Result).Text}); }}");
        Line($"\t}} while (--{counter} > 0);");
        Line("}");
    }

    /// <summary>Volatile accesses, as the kernel's macros make them.</summary>
    private void Once()
    {
        if (FindAddressable(null) is not { } place) return;
        Line($"*(volatile {place.Type.Name} *)({place.Text}) = {Expression(2, Everything).Text};");
        Line($"r = mix(r, *(volatile {place.Type.Name} *)({place.Text}));");
        Touch(Ex.Memory | Ex.Globals, Ex.Memory | Ex.Globals);
    }

    private void LocalTypes()
    {
        var n = _names++;
        Line($"enum {{ FIRST_{n} = {_random.Next(-3, 9)}, SECOND_{n}, LAST_{n} = SECOND_{n} * 2 }};");
        Line($"struct local_{n} {{ int a; struct {{ u16 b, c; }} in[2]; typeof(r) d; }};");
        Line($"typedef struct local_{n} local_t_{n};");
        Line($"local_t_{n} own_{n} = {{ .in[1].c = {Expression(2, Everything).Text}, .d = LAST_{n}, .a = {Expression(1, Everything).Text} }};");
        Line($"const struct local_{n} *at_{n} = &own_{n};");
        Line($"__auto_type auto_{n} = own_{n}.in[1];");
        Line($"r = mix(r, at_{n}->in[1].c + at_{n}->in[0].b + own_{n}.d + auto_{n}.c - FIRST_{n} + sizeof(*at_{n}) + _Alignof(local_t_{n}));");
        Line($"_Static_assert(LAST_{n} == SECOND_{n} * 2, \"folded\");");
    }

    private void ConstantConditions(int depth)
    {
        Line(_random.Next(4) switch
        {
            0 => $"if (0) {Assignment(2).Text}; else {Assignment(2).Text};",
            1 => $"while (1) {{ {Assignment(2).Text}; if ({Condition(2)}) break; {Assignment(1).Text}; break; }}",
            2 => $"for (;;) {{ if ({Condition(2)}) {{ {Assignment(1).Text}; break; }} else break; }}",
            _ => $"r = mix(r, sizeof(int) == 4 ? {Expression(2, Result).Text} : (1 ? 2 : {Expression(1, Result).Text}));",
        });
    }
}
