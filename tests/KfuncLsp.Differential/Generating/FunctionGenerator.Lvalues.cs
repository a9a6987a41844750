namespace KfuncLsp.Differential.Generating;

internal sealed partial class FunctionGenerator
{
    /// <summary>Reads some variable.</summary>
    private Ex Value(int depth) => Lvalue(depth, forWrite: false);

    /// <summary>An lvalue of integer type. When written, its variable is in <see cref="Ex.Writes"/>, else in <see cref="Ex.Reads"/>.</summary>
    private Ex Lvalue(int depth, bool forWrite)
    {
        // Members of a struct behind a read-only pointer may be written; the pointer may not.
        var candidates = _visible.Where(v => v.Kind != VarKind.Pointer || !v.MayBeNull || !forWrite)
            .Where(v => !forWrite || !v.IsReadOnly || v.Kind is VarKind.Pointer or VarKind.StructPointer).ToList();
        if (candidates.Count == 0 || (forWrite && Chance(20))) return forWrite ? new("r", CInt.ULong, 0, 1UL << 63) : Literal();
        // The newest variables are the most interesting ones.
        var variable = candidates[Chance(2) ? _random.Next(candidates.Count) : _random.Next(candidates.Count * 2 / 3, candidates.Count)];
        return variable.Kind switch
        {
            VarKind.Array => Element(variable, depth, forWrite),
            VarKind.Struct or VarKind.StructArray or VarKind.StructPointer => Member(variable, depth, forWrite),
            VarKind.Pointer => Dereference(variable, forWrite),
            _ => Access(variable.Name, variable.Type, variable.Bit, forWrite),
        };
    }

    private static Ex Access(string text, CInt type, ulong bits, bool forWrite) => forWrite ? new(text, type, 0, bits) : new(text, type, bits, 0);

    private Ex Element(Var array, int depth, bool forWrite)
    {
        var whole = Access("", array.Type, array.Bit, forWrite);
        if (depth <= 0 || Chance(3)) return whole.With($"{array.Name}[{_random.Next(array.Count)}]", array.Type);
        var index = Expression(depth - 1, whole);
        var masked = $"({index.Text}) & {array.Count - 1}";
        var text = _random.Next(6) switch
        {
            0 => $"*({array.Name} + ({masked}))",
            1 => $"({masked})[{array.Name}]",
            2 => $"*&{array.Name}[{masked}]",
            _ => $"{array.Name}[{masked}]",
        };
        if (text[0] is '*' or '(') text = $"({text})";
        if (text[1] != '*' && text[0] == '(') text = $"(({masked})[{array.Name}])";
        return whole.And(index, text, array.Type);
    }

    private Ex Dereference(Var pointer, bool forWrite)
    {
        var reach = Ex.Memory | Ex.Globals;
        if (pointer.MayBeNull) return new($"({pointer.Name} ? *{pointer.Name} : {_random.Next(9)})", pointer.Type.Promoted, pointer.Bit | reach, 0);
        var text = _random.Next(4) switch
        {
            0 => $"{pointer.Name}[0]",
            1 when pointer.Type.Bits > 8 && !forWrite => $"(*(u8 *){pointer.Name})",
            _ => $"(*{pointer.Name})",
        };
        var type = text.Contains("u8 *") ? CInt.All[1] : pointer.Type;
        return new(text, type, pointer.Bit | (forWrite ? 0 : reach), forWrite ? reach : 0);
    }

    private Ex Member(Var variable, int depth, bool forWrite)
    {
        if (Field(variable.Struct!) is not { } field) return forWrite ? new("r", CInt.ULong, 0, 1UL << 63) : Literal();
        var isPointer = variable.Kind == VarKind.StructPointer;
        var bits = variable.Bit | (isPointer ? Ex.Memory | Ex.Globals : 0);
        var whole = Access("", field.Type, bits, forWrite);
        if (isPointer && forWrite) whole = whole with { Reads = whole.Reads | variable.Bit };
        var type = forWrite ? field.Declared : field.Type;
        switch (variable.Kind)
        {
            case VarKind.Struct: return whole.With(Chance(8) ? $"(&{variable.Name})->{field.Path}" : $"{variable.Name}.{field.Path}", type);
            case VarKind.StructPointer:
                return whole.With(_random.Next(5) switch
                {
                    0 => $"(*{variable.Name}).{field.Path}",
                    1 => $"{variable.Name}[0].{field.Path}",
                    _ => $"{variable.Name}->{field.Path}",
                }, type);
            default:
                var index = depth > 0 ? Expression(depth - 1, whole) : Ex.Pure("1", CInt.Int);
                return whole.And(index, $"{variable.Name}[({index.Text}) & {variable.Count - 1}].{field.Path}", type);
        }
    }

    /// <summary>A way from a struct to one of its integers.</summary>
    private (string Path, CInt Type, CInt Declared)? Field(CStruct type)
    {
        var field = _unit.Pick(type.Fields);
        if (field.Struct is { } inner) return Field(inner) is { } next ? ($"{field.Name}.{next.Path}", next.Type, next.Declared) : null;
        if (field.Count > 0) return ($"{field.Name}[{_random.Next(field.Count)}]", field.Type, field.Type);
        // A shift of a bit field is masked by the narrower of its two types.
        return (field.Name, field.ValueType, field.Width > 0 ? field.ValueType : field.Type);
    }

    private Var? FindArray() => _visible.Where(v => v.Kind == VarKind.Array).ToList() is { Count: > 0 } arrays ? _unit.Pick(arrays) : null;

    /// <summary>Some struct of a type, as an expression.</summary>
    private string? FindStruct(CStruct type, bool writable = false)
    {
        var found = _visible.Where(v => v.Struct == type && !(writable && v.IsReadOnly)).ToList();
        if (found.Count == 0) return null;
        var variable = _unit.Pick(found);
        if (!variable.Name.StartsWith('g')) Touch(variable.Bit | Ex.Memory, 0);
        return variable.Kind switch
        {
            VarKind.Struct => variable.Name,
            VarKind.StructArray => $"{variable.Name}[{_random.Next(variable.Count)}]",
            _ => $"*{variable.Name}",
        };
    }

    /// <summary>The address of an integer, of a given type or of any, among the first <paramref name="before"/> visible variables.</summary>
    private (string Text, CInt Type)? FindAddressable(CInt? type, int before = int.MaxValue)
    {
        var found = new List<(string, CInt)>();
        foreach (var v in _visible.Take(before))
        {
            if (!v.IsAddressable) continue;
            switch (v.Kind)
            {
                case VarKind.Int when !v.IsReadOnly: found.Add(($"&{v.Name}", v.Type)); break;
                case VarKind.Array:
                    var index = _random.Next(v.Count);
                    found.Add((_random.Next(3) switch { 0 => $"&{v.Name}[{index}]", 1 => $"{v.Name} + {index}", _ => v.Name }, v.Type));
                    break;
                case VarKind.Struct when !v.Struct!.IsPacked:
                    foreach (var field in v.Struct.Fields)
                        if (field is { Width: 0, Struct: null }) found.Add((field.Count > 0 ? $"&{v.Name}.{field.Name}[{field.Count - 1}]" : $"&{v.Name}.{field.Name}", field.Type));
                    break;
            }
        }
        if (type is not null) found.RemoveAll(f => f.Item2 != type);
        return found.Count == 0 ? null : _unit.Pick(found);
    }
}
