using System.Collections.Immutable;

namespace KfuncLsp.Ir;

/// <summary>The shape of a function's control-flow graph.</summary>
public static class ControlFlow
{
    /// <summary>The blocks that a terminator can go to, in the order it names them, each once.</summary>
    public static ImmutableArray<int> Successors(Terminator end) => end switch
    {
        Jump j => [j.Target],
        Branch b => b.Then == b.Else ? [b.Then] : [b.Then, b.Else],
        Switch s => [.. s.Cases.Select(c => c.Target).Append(s.Default).Distinct()],
        AsmGoto a => [.. a.Targets.Distinct()],
        _ => [],
    };

    /// <summary>The blocks that can go to each block, in ascending order.</summary>
    public static ImmutableArray<ImmutableArray<int>> Predecessors(FunctionIr function)
    {
        var lists = new List<int>[function.Blocks.Count];
        for (var i = 0; i < lists.Length; i++) lists[i] = [];
        foreach (var block in function.Blocks)
            foreach (var successor in Successors(block.End)) lists[successor].Add(block.Id);
        return [.. lists.Select(l => l.ToImmutableArray())];
    }

    /// <summary>The blocks that control can reach, each before its successors except along the edges that close loops.</summary>
    public static ImmutableArray<int> ReversePostorder(FunctionIr function) => Walk(function).Order;

    /// <summary>The blocks that an edge of the depth-first walk goes back to. Every cycle passes through one.</summary>
    public static ImmutableArray<int> LoopHeaders(FunctionIr function) => Walk(function).Headers;

    /// <summary>Whether each block lies one step or more behind one.</summary>
    public static bool[] ReachedFrom(FunctionIr function, int block) => Reached(function, block, b => Successors(function.Blocks[b].End));

    /// <summary>Whether each block may be entered again after it was left.</summary>
    public static bool[] InLoops(FunctionIr function)
    {
        var inLoops = new bool[function.Blocks.Count];
        var predecessors = Predecessors(function);
        foreach (var header in LoopHeaders(function))
        {
            var (after, before) = (ReachedFrom(function, header), Reached(function, header, b => predecessors[b]));
            for (var block = 0; block < inLoops.Length; block++) inLoops[block] |= after[block] && before[block];
        }

        return inLoops;
    }

    private static bool[] Reached(FunctionIr function, int start, Func<int, ImmutableArray<int>> next)
    {
        var reached = new bool[function.Blocks.Count];
        var pending = new Stack<int>();
        pending.Push(start);
        while (pending.TryPop(out var block))
            foreach (var other in next(block))
            {
                if (!reached[other]) pending.Push(other);
                reached[other] = true;
            }

        return reached;
    }

    private static (ImmutableArray<int> Order, ImmutableArray<int> Headers) Walk(FunctionIr function)
    {
        if (function.Blocks.Count == 0) return ([], []);
        var successors = function.Blocks.Select(b => Successors(b.End)).ToArray();
        var entered = new bool[successors.Length];
        var onPath = new bool[successors.Length];
        var headers = new SortedSet<int>();
        var postorder = new List<int>(successors.Length);
        var path = new Stack<(int Block, int Next)>();
        Enter(0);
        while (path.TryPop(out var at))
        {
            if (at.Next == successors[at.Block].Length)
            {
                onPath[at.Block] = false;
                postorder.Add(at.Block);
                continue;
            }
            path.Push(at with { Next = at.Next + 1 });
            // The last successor is walked first, so that in the reversed order the first one comes first.
            var successor = successors[at.Block][^(at.Next + 1)];
            if (onPath[successor]) headers.Add(successor);
            else if (!entered[successor]) Enter(successor);
        }
        postorder.Reverse();
        return ([.. postorder], [.. headers]);

        void Enter(int block)
        {
            entered[block] = onPath[block] = true;
            path.Push((block, 0));
        }
    }
}
