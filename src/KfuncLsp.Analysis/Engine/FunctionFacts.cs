using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What is asked of a function's shape again and again while its paths are explored.</summary>
internal sealed class FunctionFacts
{
    private readonly Dictionary<(int Block, int Index), bool[]> _liveAt = [];
    private readonly Liveness _liveness;
    private readonly (bool Read, bool Needed)[] _isUsed;

    public FunctionFacts(FunctionIr function)
    {
        Function = function;
        _liveness = Liveness.Of(function);
        Names = new string[function.Locals.Count];
        foreach (var local in function.Locals) Names[local.Id] = local.Name;
        var predecessors = ControlFlow.Predecessors(function);
        IsMerge = [.. predecessors.Select(p => p.Length > 1)];
        IsLoopHeader = new bool[function.Blocks.Count];
        foreach (var header in ControlFlow.LoopHeaders(function)) IsLoopHeader[header] = true;
        IsDecisive = FindDecisiveLocals(function);
        _isUsed = FindUsedLocals(function);
    }

    public FunctionIr Function { get; }
    /// <summary>Blocks with more than one way in.</summary>
    public bool[] IsMerge { get; }

    public bool[] IsLoopHeader { get; }

    /// <summary>Locals whose number may decide a branch, a size or an address: the ones that the verifier would mark precise.</summary>
    public bool[] IsDecisive { get; }

    /// <summary>Whether a load is left out by the compiler: something reads its value, but nothing comes of it.</summary>
    /// <remarks>A temporary that nobody reads at all was loaded for the sake of it: the memory is volatile.</remarks>
    public bool IsRemoved(Load load) => _isUsed[load.Target] is { Needed: false } use && (use.Read || Function.Locals[load.Target].Kind != LocalKind.Temporary);

    /// <summary>Locals by id, as written.</summary>
    public string[] Names { get; }

    /// <summary>The locals that are still read after a point of a block: before its instruction <paramref name="index"/>.</summary>
    public bool[] LiveAt(int block, int index)
    {
        if (_liveAt.TryGetValue((block, index), out var live)) return live;
        live = new bool[Function.Locals.Count];
        var instructions = Function.Blocks[block].Instructions;
        if (index == 0)
        {
            foreach (var local in _liveness.LiveIn(block)) live[local] = true;
        }
        else
        {
            foreach (var successor in ControlFlow.Successors(Function.Blocks[block].End))
                foreach (var local in _liveness.LiveIn(successor)) live[local] = true;
            DefUse.ForEachUse(Function.Blocks[block].End, Use);
            for (var i = instructions.Count - 1; i >= index; i--)
            {
                DefUse.ForEachDefinition(instructions[i], d => live[d] = false);
                DefUse.ForEachUse(instructions[i], Use);
            }
        }

        return _liveAt[(block, index)] = live;

        void Use(Operand operand)
        {
            if (operand.Kind == OperandKind.Local) live[operand.LocalId] = true;
        }
    }

    /// <summary>Which locals are read, and of which the program's effects, its ways or its result depend on.</summary>
    private static (bool Read, bool Needed)[] FindUsedLocals(FunctionIr function)
    {
        var used = new (bool Read, bool Needed)[function.Locals.Count];
        var sources = new List<int>[function.Locals.Count];
        var pending = new Stack<int>();
        foreach (var block in function.Blocks)
        {
            foreach (var instruction in block.Instructions)
            {
                var target = instruction switch { Assign a => a.Target, Load l => l.Target, _ => -1 };
                if (target < 0) DefUse.ForEachUse(instruction, Need);
                else
                    DefUse.ForEachUse(instruction, o =>
                    {
                        if (o.Kind != OperandKind.Local) return;
                        used[o.LocalId].Read = true;
                        (sources[target] ??= []).Add(o.LocalId);
                    });
            }

            DefUse.ForEachUse(block.End, Need);
        }

        while (pending.TryPop(out var local))
            foreach (var source in sources[local] ?? [])
                Mark(source);
        return used;

        void Need(Operand operand)
        {
            if (operand.Kind == OperandKind.Local) Mark(operand.LocalId);
        }

        void Mark(int local)
        {
            if (used[local].Needed) return;
            used[local] = (true, true);
            pending.Push(local);
        }
    }

    private static bool[] FindDecisiveLocals(FunctionIr function)
    {
        var decisive = new bool[function.Locals.Count];
        var sources = new List<int>[function.Locals.Count];
        var pending = new Stack<int>();
        foreach (var block in function.Blocks)
        {
            foreach (var instruction in block.Instructions) Visit(instruction);
            DefUse.ForEachUse(block.End, MarkOperand);
        }

        while (pending.TryPop(out var local))
            foreach (var source in sources[local] ?? [])
                Mark(source);
        return decisive;

        void Visit(Instr instruction)
        {
            if (instruction is Assign { Value: not PointerAdd } assign)
                DefUse.ForEachUse(assign.Value, o => { if (o.Kind == OperandKind.Local) (sources[assign.Target] ??= []).Add(o.LocalId); });
            else if (instruction is not Load)
                DefUse.ForEachUse(instruction, MarkOperand);
        }

        void MarkOperand(Operand operand)
        {
            if (operand.Kind == OperandKind.Local) Mark(operand.LocalId);
        }

        void Mark(int local)
        {
            if (decisive[local]) return;
            decisive[local] = true;
            pending.Push(local);
        }
    }
}
