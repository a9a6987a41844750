using System.Collections.Immutable;

namespace KfuncLsp.Ir;

/// <summary>Which register locals still matter at the start of each block: those that some path reads before it writes them.</summary>
/// <remarks>Locals in memory are no part of it: a pointer may reach them anywhere.</remarks>
public sealed class Liveness
{
    private readonly LocalSet[] _liveIn;

    private Liveness(LocalSet[] liveIn) => _liveIn = liveIn;

    /// <summary>The locals that are live at the start of a block.</summary>
    public LocalSet LiveIn(int block) => _liveIn[block];

    /// <summary>Computes it for every block, also for those that control cannot reach.</summary>
    /// <remarks>Shape: <paramref name="forEachUseAtEnd"/> names, for a block, what is read at its end besides the terminator's operands.</remarks>
    public static Liveness Of(FunctionIr function, Action<int, Action<Operand>>? forEachUseAtEnd = null)
    {
        var size = function.Locals.Count == 0 ? 0 : function.Locals.Max(l => l.Id) + 1;
        var reads = new LocalSet[function.Blocks.Count];
        var writes = new LocalSet[function.Blocks.Count];
        for (var i = 0; i < reads.Length; i++) (reads[i], writes[i]) = Summarise(function.Blocks[i], size, forEachUseAtEnd);

        var liveIn = new LocalSet[reads.Length];
        for (var i = 0; i < liveIn.Length; i++) liveIn[i] = new(size);
        var successors = function.Blocks.Select(b => ControlFlow.Successors(b.End)).ToArray();
        var predecessors = ControlFlow.Predecessors(function);
        var reachable = ControlFlow.ReversePostorder(function);
        var pending = new Queue<int>(reachable.Reverse().Concat(Enumerable.Range(0, liveIn.Length).Except(reachable)));
        while (pending.TryDequeue(out var block))
        {
            var live = new LocalSet(size);
            foreach (var successor in successors[block]) live.UnionWith(liveIn[successor]);
            live.ExceptWith(writes[block]);
            live.UnionWith(reads[block]);
            if (live.Equals(liveIn[block])) continue;
            liveIn[block] = live;
            foreach (var predecessor in predecessors[block]) pending.Enqueue(predecessor);
        }
        return new(liveIn);
    }

    /// <summary>What a block reads before it writes it, and what it writes.</summary>
    private static (LocalSet Reads, LocalSet Writes) Summarise(BasicBlock block, int size, Action<int, Action<Operand>>? forEachUseAtEnd)
    {
        var reads = new LocalSet(size);
        var writes = new LocalSet(size);
        foreach (var instruction in block.Instructions)
        {
            DefUse.ForEachUse(instruction, Read);
            DefUse.ForEachDefinition(instruction, writes.Add);
        }
        DefUse.ForEachUse(block.End, Read);
        forEachUseAtEnd?.Invoke(block.Id, Read);
        return (reads, writes);

        void Read(Operand operand)
        {
            if (operand.Kind == OperandKind.Local && !writes.Contains(operand.LocalId)) reads.Add(operand.LocalId);
        }
    }
}
