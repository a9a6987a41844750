using KfuncLsp.Ir;

namespace KfuncLsp.Differential.Interpreting;

/// <summary>The locals of one call.</summary>
internal sealed class Frame
{
    private const byte Garbage = 0xa5;

    private readonly FunctionIr _function;
    private readonly Memory _memory;
    private readonly long[] _values;
    private readonly bool[] _written;

    public Frame(FunctionIr function, Memory memory)
    {
        _function = function;
        _memory = memory;
        _values = new long[function.Locals.Count];
        _written = new bool[function.Locals.Count];
        foreach (var local in function.Locals)
            if (local.InMemory)
                _values[local.Id] = memory.Allocate(Math.Max(local.Type.Size, 1), Garbage);
    }

    public FunctionIr Function => _function;

    public void SetParameter(Parameter parameter, long value)
    {
        if (!_function.Locals[parameter.LocalId].InMemory) Write(parameter.LocalId, Arithmetic.Fit(value, parameter.Type));
        else if (parameter.Type is StructType) _memory.At(value, parameter.Type.Size).CopyTo(_memory.At(AddressOf(parameter.LocalId), parameter.Type.Size));
        else _memory.Write(AddressOf(parameter.LocalId), parameter.Type.Size, (ulong)value);
    }

    /// <summary>A read of a register local that nothing wrote is a fault.</summary>
    public long Read(Operand operand)
    {
        switch (operand.Kind)
        {
            case OperandKind.Const: return Arithmetic.Fit(operand.Value, operand.Type);
            case OperandKind.Unknown: throw new NotInterpreted("an unknown operand");
        }
        var id = operand.LocalId;
        var local = _function.Locals[id];
        if (local.InMemory) throw new IrFault($"{local.Name} (%{id}) lies in memory and is read as a register");
        if (!_written[id]) throw new IrFault($"{local.Name} (%{id}) is read before it is written");
        return Arithmetic.Fit(_values[id], operand.Type);
    }

    public void Write(int id, long value)
    {
        var local = _function.Locals[id];
        if (local.InMemory) throw new IrFault($"{local.Name} (%{id}) lies in memory and is written as a register");
        _values[id] = Arithmetic.Fit(value, local.Type);
        _written[id] = true;
    }

    public long AddressOf(int id)
    {
        var local = _function.Locals[id];
        return local.InMemory ? _values[id] : throw new IrFault($"address of {local.Name} (%{id}), which is a register");
    }
}
