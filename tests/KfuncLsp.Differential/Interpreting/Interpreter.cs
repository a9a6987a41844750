using KfuncLsp.Ir;

namespace KfuncLsp.Differential.Interpreting;

/// <summary>Runs the functions of a unit: the meaning of the IR, written down as plainly as possible.</summary>
/// <remarks>Units: <paramref name="stepLimit"/> in instructions per call from outside.</remarks>
public sealed class Interpreter(UnitIr unit, long stepLimit = 2_000_000)
{
    private readonly Dictionary<string, FunctionIr> _functions = unit.Functions.GroupBy(f => f.Name).ToDictionary(g => g.Key, g => g.First());
    /// <summary>Told of every call inside the unit: the caller, the call, the arguments.</summary>
    public Action<FunctionIr, Call, long[]>? OnCall { get; set; }

    private Memory _memory = new();
    private Dictionary<string, long> _globals = [];
    private Dictionary<string, long> _strings = [];
    private long _steps;

    /// <summary>Runs a function on fresh globals.</summary>
    /// <remarks>Errors: <see cref="IrFault"/> and <see cref="NotInterpreted"/>.</remarks>
    public long Run(string function, params ReadOnlySpan<long> arguments)
    {
        _memory = new();
        _strings = [];
        _globals = unit.Globals.ToDictionary(g => g.Name, g => g is { InitialBytes: { } bytes, Addresses.Count: 0 }
            ? _memory.Add([.. bytes]) : -1);
        _steps = stepLimit;
        return Call(Find(function), arguments, 0);
    }

    private FunctionIr Find(string name) =>
        !_functions.TryGetValue(name, out var function) ? throw new NotInterpreted($"call of {name}, which the unit does not define")
        : function.NotLowered is { } reason ? throw new NotInterpreted($"{name} was not lowered: {reason}") : function;

    private long Call(FunctionIr function, ReadOnlySpan<long> arguments, int depth)
    {
        if (depth > 100) throw new NotInterpreted("calls nested deeper than 100");
        var mark = _memory.Count;
        var frame = new Frame(function, _memory);
        for (var i = 0; i < function.Parameters.Count && i < arguments.Length; i++)
            frame.SetParameter(function.Parameters[i], arguments[i]);
        var block = function.Blocks[0];
        while (true)
        {
            foreach (var instruction in block.Instructions)
            {
                if (--_steps < 0) throw new NotInterpreted("out of steps");
                Execute(instruction, frame, depth);
            }
            if (--_steps < 0) throw new NotInterpreted("out of steps");
            if (block.End is Return end)
            {
                var value = end.Value is { } operand ? Arithmetic.Fit(frame.Read(operand), function.ReturnType) : 0;
                // An aggregate is returned by the address of the callee's object, which ends here: the caller gets a copy.
                var aggregate = function.ReturnType is StructType && end.Value is not null ? _memory.At(value, function.ReturnType.Size).ToArray() : null;
                Leave(mark);
                return aggregate is null ? value : _memory.Add(aggregate);
            }
            block = function.Blocks[Next(block.End, frame)];
        }
    }

    /// <summary>Ends the objects of a call. A literal that it was the first to use is made anew when it is used again.</summary>
    private void Leave(int mark)
    {
        _memory.Release(mark);
        foreach (var (text, address) in _strings.Where(s => s.Value >> 32 >= mark).ToList()) _strings.Remove(text);
    }

    private static int Next(Terminator end, Frame frame) => end switch
    {
        Jump j => j.Target,
        Branch b => Arithmetic.Compare(b.Op, frame.Read(b.Left), frame.Read(b.Right), b.Type) ? b.Then : b.Else,
        Switch s => NextCase(s, frame.Read(s.Value)),
        Unreachable u => throw new IrFault($"control came to unreachable code: {u.Reason}"),
        _ => throw new NotInterpreted(end.GetType().Name),
    };

    private static int NextCase(Switch end, long value)
    {
        var unsigned = end.Value.Type is IntType { IsSigned: false };
        foreach (var c in end.Cases)
            if (unsigned ? (ulong)value >= (ulong)Arithmetic.Fit(c.Low, end.Value.Type) && (ulong)value <= (ulong)Arithmetic.Fit(c.High, end.Value.Type)
                    : value >= c.Low && value <= c.High)
                return c.Target;
        return end.Default;
    }

    private void Execute(Instr instruction, Frame frame, int depth)
    {
        switch (instruction)
        {
            case Assign a: frame.Write(a.Target, Evaluate(a.Value, frame)); break;
            case Load l: frame.Write(l.Target, LoadFrom(frame.Read(l.Pointer), l.Type, l.Bits)); break;
            case Store s: StoreTo(frame.Read(s.Pointer), frame.Read(s.Value), s.Type, s.Bits); break;
            case CopyMemory c: Copy(frame.Read(c.Target), frame.Read(c.Source), frame.Read(c.Length)); break;
            case SetMemory s: _memory.At(frame.Read(s.Target), frame.Read(s.Length)).Fill((byte)frame.Read(s.Value)); break;
            case AtomicUpdate u: Update(u, frame); break;
            case Call c:
                var result = CallOut(c, frame, depth);
                if (c.Result is not { } target) break;
                if (c.Prototype.Return is StructType whole) Copy(frame.AddressOf(target), result, whole.Size);
                else frame.Write(target, result);
                break;
            case InlineAsm { Template: "", Outputs.Count: 0 }: break;
            case Havoc h: throw new NotInterpreted($"unknown value: {h.Reason}");
            default: throw new NotInterpreted(IrName(instruction));
        }
    }

    private static string IrName(Instr instruction) => instruction is InlineAsm asm ? $"inline assembly \"{asm.Template}\"" : instruction.GetType().Name;

    private long Evaluate(Rvalue value, Frame frame) => value switch
    {
        Use u => frame.Read(u.Value),
        Unary u => Arithmetic.Apply(u.Op, frame.Read(u.Value), u.Type),
        Binary b => Arithmetic.Apply(b.Op, frame.Read(b.Left), frame.Read(b.Right), b.Type),
        Cast c => Arithmetic.Convert(frame.Read(c.Value), c.To),
        PointerAdd p => unchecked(frame.Read(p.Pointer) + frame.Read(p.Index) * p.Scale),
        FieldAddr f => frame.Read(f.Pointer) + f.ByteOffset,
        AddressOfLocal a => frame.AddressOf(a.LocalId),
        AddressOfGlobal g => !_globals.TryGetValue(g.Name, out var address) ? throw new NotInterpreted($"no global {g.Name}")
            : address < 0 ? throw new NotInterpreted($"the initial bytes of {g.Name} are not known") : address,
        AddressOfString s => StringAt(s),
        CoreQuery { LocalAnswer: { } answer } => answer,
        UnknownValue u => throw new NotInterpreted($"unknown value: {u.Reason}"),
        _ => throw new NotInterpreted(value.GetType().Name),
    };

    private long StringAt(AddressOfString literal)
    {
        var key = Convert.ToHexString(literal.Bytes.AsSpan());
        if (!_strings.TryGetValue(key, out var address)) _strings[key] = address = _memory.Add([.. literal.Bytes]);
        return address;
    }

    private long LoadFrom(long address, CType type, BitRange bits)
    {
        var raw = _memory.Read(address, type.Size);
        if (bits.IsWhole) return Arithmetic.Fit((long)raw, type);
        return Arithmetic.Fit((long)(raw >> bits.Shift), BitType(type, bits));
    }

    private void StoreTo(long address, long value, CType type, BitRange bits)
    {
        if (bits.IsWhole)
        {
            _memory.Write(address, type.Size, (ulong)value);
            return;
        }
        var mask = (bits.Width == 64 ? ulong.MaxValue : (1UL << bits.Width) - 1) << bits.Shift;
        var unit = _memory.Read(address, type.Size);
        _memory.Write(address, type.Size, unit & ~mask | (ulong)value << bits.Shift & mask);
    }

    private static IntType BitType(CType type, BitRange bits) => new(bits.Width, type is IntType { IsSigned: true });

    private void Copy(long target, long source, long length)
    {
        var bytes = _memory.At(source, length).ToArray();
        bytes.CopyTo(_memory.At(target, length));
    }

    private void Update(AtomicUpdate update, Frame frame)
    {
        var address = frame.Read(update.Pointer);
        var before = LoadFrom(address, update.Type, BitRange.Whole);
        var operand = frame.Read(update.Operands[0]);
        var after = unchecked(OperationOf(update.Builtin) switch
        {
            "val_compare_and_swap" or "bool_compare_and_swap" => before == Arithmetic.Fit(operand, update.Type) ? frame.Read(update.Operands[1]) : before,
            "add" => before + operand,
            "sub" => before - operand,
            "and" => before & operand,
            "or" => before | operand,
            "xor" => before ^ operand,
            "lock_test_and_set" or "exchange" => operand,
            _ => throw new NotInterpreted(update.Builtin),
        });
        _memory.Write(address, update.Type.Size, (ulong)after);
        if (update.Result is { } result) frame.Write(result, before);
    }

    /// <summary><c>__sync_fetch_and_add</c> and <c>__atomic_fetch_add</c> → <c>add</c>.</summary>
    private static string OperationOf(string builtin)
    {
        var name = builtin.Replace("__sync_", "").Replace("__atomic_", "");
        return name.StartsWith("fetch_and_", StringComparison.Ordinal) ? name[10..] : name.StartsWith("fetch_", StringComparison.Ordinal) ? name[6..] : name;
    }

    private long CallOut(Call call, Frame frame, int depth)
    {
        var arguments = call.Arguments.Select(frame.Read).ToArray();
        OnCall?.Invoke(frame.Function, call, arguments);
        if (call.Callee is DirectCallee direct && _functions.ContainsKey(direct.Name)) return Call(Find(direct.Name), arguments, depth + 1);
        return Builtins.Call(call.Callee.ToString()!, arguments, _memory);
    }
}
