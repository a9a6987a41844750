namespace KfuncLsp.Differential.Generating;

internal sealed partial class FunctionGenerator
{
    private void Declaration()
    {
        switch (_random.Next(10))
        {
            case 0: ArrayDeclaration(); break;
            case 1 or 2: StructDeclaration(); break;
            case 3 or 4: PointerDeclaration(); break;
            case 5: StructPointerDeclaration(); break;
            case 6: TableDeclaration(); break;
            default:
                Line($"{Local(out var variable)};");
                _visible.Add(variable);
                if (Chance(6)) Line($"{Local(out variable)}, {NewName("unused")};");
                if (_visible[^1] != variable) _visible.Add(variable);
                break;
        }
    }

    /// <summary>An initialised integer variable, without the semicolon.</summary>
    private string Local(out Var variable)
    {
        var name = NewName("v");
        var type = Type();
        var addressable = Chance(3);
        var initial = Expression(4);
        variable = new(name, VarKind.Int, type, NewBit() | (addressable ? Ex.Memory : 0)) { IsAddressable = addressable };
        var qualifier = _random.Next(12) switch { 0 => "volatile ", 1 => "register ", 2 => "const ", _ => "" };
        if (addressable && qualifier != "") qualifier = "";
        if (qualifier == "const ") variable = variable with { IsReadOnly = true };
        return $"{qualifier}{(Chance(15) && qualifier == "" ? $"typeof(({type.Name})0)" : type.Name)} {name} = {initial.Text}";
    }

    private void ArrayDeclaration()
    {
        var array = new Var(NewName("arr"), VarKind.Array, Type(), NewBit() | Ex.Memory) { Count = 1 << _random.Next(1, 4), IsAddressable = true };
        var initial = _random.Next(4) switch
        {
            0 => "{}",
            1 => $"{{{string.Join(", ", Enumerable.Range(0, array.Count).Select(_ => Expression(2, Everything).Text))}}}",
            2 => $"{{[{_random.Next(array.Count)}] = {Expression(2).Text}}}",
            _ => $"{{{Expression(2).Text}}}",
        };
        var bound = initial.StartsWith("{[", StringComparison.Ordinal) || initial.Count(c => c == ',') == 0 ? array.Count.ToString() : array.Count.ToString();
        Line($"{array.Type.Name} {array.Name}[{bound}] = {initial};");
        _visible.Add(array);
    }

    /// <summary>Elements of an initialiser have no order between them: those that write anything are left out.</summary>
    private static readonly Ex Everything = new("", CInt.Int, ulong.MaxValue, 0);

    private void StructDeclaration()
    {
        var type = _unit.Pick(_unit.Structs);
        var name = NewName("st");
        var array = Chance(4);
        var variable = new Var(name, array ? VarKind.StructArray : VarKind.Struct, CInt.Int, NewBit() | Ex.Memory) { Struct = type, Count = array ? 2 : 1, IsAddressable = true };
        if (array) Line($"{type.Text} {name}[2] = {{{(Chance(2) ? StructInitialiser(type) : "")}}};");
        else
        {
            var source = FindStruct(type);
            Line($"{type.Text} {name} = {(source is not null && Chance(3) ? source : StructInitialiser(type))};");
        }
        _visible.Add(variable);
    }

    /// <summary>Braces around members in order, by name, or none.</summary>
    private string StructInitialiser(CStruct type)
    {
        switch (_random.Next(4))
        {
            case 0: return "{}";
            case 1 when type.Fields.All(f => f.Struct is null && f.Count == 0):
                // Members of anonymous structs are reached by braces of their own, which the designated form below covers.
                return $"{{{Expression(2, Everything).Text}}}";
            default:
                var parts = type.Fields.Where(_ => !Chance(3)).Select(f =>
                    f.Struct is { } inner ? Chance(2) && inner.Fields[0] is { Struct: null, Count: 0 } first
                            ? $".{f.Name}.{first.Name} = {Expression(2, Everything).Text}" : $".{f.Name} = {StructInitialiser(inner)}"
                    : f.Count > 0 ? Chance(2) ? $".{f.Name} = {{{Expression(2, Everything).Text}}}" : $".{f.Name}[{f.Count - 1}] = {Expression(2, Everything).Text}"
                    : $".{f.Name} = {Expression(2, Everything).Text}").ToList();
                if (Chance(3)) parts.Reverse();
                return $"{{{string.Join(", ", parts)}}}";
        }
    }

    private void PointerDeclaration()
    {
        if (FindAddressable(null) is not { } target) return;
        var name = NewName("ptr");
        var maybeNull = Chance(3);
        var value = maybeNull ? $"{Primary(3)} ? {target.Text} : {(Chance(2) ? "0" : "(void *)0")}" : target.Text;
        Line($"{target.Type.Name} *{name} = {value};");
        _visible.Add(new(name, VarKind.Pointer, target.Type, NewBit()) { Count = 1, MayBeNull = maybeNull });
    }

    private void StructPointerDeclaration()
    {
        var candidates = _visible.Where(v => v is { Kind: VarKind.Struct or VarKind.StructArray, IsAddressable: true }).ToList();
        if (candidates.Count == 0) return;
        var target = _unit.Pick(candidates);
        var name = NewName("sp");
        var value = target.Kind == VarKind.Struct ? $"&{target.Name}" : _unit.Pick<string>([target.Name, $"&{target.Name}[{_random.Next(2)}]", $"{target.Name} + {_random.Next(2)}"]);
        if (Chance(5)) value = $"&({target.Struct!.Text}){StructInitialiser(target.Struct)}";
        Line($"{target.Struct!.Text} *{name} = {value};");
        _visible.Add(new(name, VarKind.StructPointer, CInt.Int, NewBit()) { Struct = target.Struct, Count = 1, IsReadOnly = true });
    }

    private void TableDeclaration()
    {
        var table = new Var(NewName("tbl"), VarKind.Array, Type(), NewBit()) { Count = 4, IsReadOnly = true };
        Line($"static const {table.Type.Name} {table.Name}[{(Chance(2) ? "4" : "")}] = {{{_unit.Number()}, {_unit.Number()}, [3] = {_unit.Number()}}};");
        _visible.Add(table);
    }

    /// <summary>Copies of structs: from a variable, a literal, a conditional, a statement expression, through a pointer.</summary>
    private void StructStatement()
    {
        var targets = _visible.Where(v => v is { Kind: VarKind.Struct or VarKind.StructPointer, Struct: not null, IsReadOnly: false } or { Kind: VarKind.StructPointer }).ToList();
        if (targets.Count == 0) return;
        var target = _unit.Pick(targets);
        var type = target.Struct!;
        var other = FindStruct(type);
        var value = _random.Next(5) switch
        {
            0 when other is not null => other,
            1 when other is not null => $"{Primary(2)} ? {other} : {FindStruct(type)}",
            2 when other is not null => $"({{ {type.Text} whole = {other}; whole; }})",
            3 when other is not null => $"({Assignment(1).Text}, {other})",
            _ => $"({type.Text}){StructInitialiser(type)}",
        };
        Line($"{(target.Kind == VarKind.Struct ? target.Name : $"*{target.Name}")} = {value};");
        Touch(target.Bit | Ex.Memory, target.Bit | Ex.Memory);
    }

    private void MemoryStatement()
    {
        var arrays = _visible.Where(v => v is { Kind: VarKind.Array, IsReadOnly: false }).ToList();
        if (arrays.Count == 0) return;
        var target = _unit.Pick(arrays);
        Touch(target.Bit, target.Bit);
        if (arrays.FirstOrDefault(a => a != target && a.Type == target.Type && a.Count >= target.Count) is { } source && Chance(2))
        {
            Touch(source.Bit, 0);
            Line($"__builtin_memcpy({target.Name}, {source.Name}, sizeof({target.Name}));");
        }
        else if (Chance(3) && target.Count >= 4) Line($"__builtin_memmove({target.Name} + 1, {target.Name}, 2 * sizeof({target.Name}[0]));");
        else if (target.Type.IsBool || target.Type == CInt.Colour || target.Type == CInt.Sign) Line($"__builtin_memset({target.Name}, 0, sizeof({target.Name}));");
        else Line($"__builtin_memset({target.Name}, {_unit.Pick<string>(["0", "0xff", "1", "-2"])}, sizeof({target.Name}));");
    }

    private void PointerStatement()
    {
        var pointers = _visible.Where(v => v is { Kind: VarKind.Pointer }).ToList();
        if (pointers.Count == 0) return;
        var pointer = _unit.Pick(pointers);
        var before = _visible.IndexOf(pointer);
        if (!pointer.IsReadOnly && Chance(2) && FindAddressable(pointer.Type, before) is { } target)
        {
            Touch(0, pointer.Bit);
            Line($"{pointer.Name} = {(pointer.MayBeNull && Chance(2) ? $"{Primary(2)} ? 0 : {target.Text}" : target.Text)};");
        }
        else if (pointer.MayBeNull)
            Line(_random.Next(3) switch
            {
                0 => $"if ({pointer.Name}) {{ r = mix(r, *{pointer.Name}); *{pointer.Name} = {Expression(2, Through(pointer)).Text}; }}",
                1 => $"if (!{pointer.Name}) r++; else *{pointer.Name} {Operator()}= {Expression(2, Through(pointer)).Text};",
                _ => $"if ({pointer.Name} != (void *)0 && *{pointer.Name} > {_unit.Number()}) r = mix(r, {Expression(2, Result).Text});",
            });
        else Line($"*{pointer.Name} {(Chance(2) ? Operator() : "")}= {Expression(3, Through(pointer)).Text};");
        Touch(pointer.Bit | Ex.Memory | Ex.Globals, Ex.Memory | Ex.Globals);

        Ex Through(Var p) => new("", p.Type, p.Bit | Ex.Memory | Ex.Globals, Ex.Memory | Ex.Globals);
    }

    private void Touch(ulong reads, ulong writes)
    {
        _reads |= reads;
        _writes |= writes;
    }
}
