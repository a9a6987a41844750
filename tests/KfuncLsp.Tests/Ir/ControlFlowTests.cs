using CsCheck;
using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Ir;

public sealed class ControlFlowTests
{
    /// <summary>Graphs of up to 12 blocks with any edges.</summary>
    private static readonly Gen<FunctionIr> s_graphs =
        from size in Gen.Int[1, 12]
        from edges in Gen.Int[0, size - 1].Array[0, 4].Array[size]
        select IrSamples.Graph(edges);

    [Fact]
    public void A_diamond_has_its_join_last() =>
        Assert.Equal([0, 1, 2, 3], ControlFlow.ReversePostorder(IrSamples.Graph([1, 2], [3], [3], [])));

    [Fact]
    public void A_loop_has_its_header_before_its_body_and_its_exit_after() =>
        Assert.Equal([0, 1, 2, 3], ControlFlow.ReversePostorder(IrSamples.Graph([1], [2, 3], [1], [])));

    [Fact]
    public void Blocks_that_nothing_reaches_are_left_out() =>
        Assert.Equal([0, 2], ControlFlow.ReversePostorder(IrSamples.Graph([2], [2], [])));

    [Fact]
    public void Headers_of_nested_loops_and_of_a_block_that_repeats_itself() =>
        Assert.Equal([1, 2, 4], ControlFlow.LoopHeaders(IrSamples.Graph([1], [2, 4], [3, 1], [2], [4, 5], [])));

    [Fact]
    public void A_function_without_blocks_has_no_order() => Assert.Empty(ControlFlow.ReversePostorder(IrSamples.Graph()));

    [Fact]
    public void A_chain_of_100000_blocks_does_not_recurse() =>
        Assert.Equal(100_000, ControlFlow.ReversePostorder(
            IrSamples.Graph([.. Enumerable.Range(1, 100_000).Select(i => i < 100_000 ? new[] { i } : [])])).Length);

    [Fact]
    public void The_order_is_exactly_the_reachable_blocks_with_the_entry_first() => s_graphs.Sample(graph =>
    {
        var order = ControlFlow.ReversePostorder(graph);
        Assert.Equal(0, order[0]);
        Assert.Equal(Reach(graph, 0).Order(), order.Order());
    });

    [Fact]
    public void An_edge_against_the_order_goes_to_a_loop_header() => s_graphs.Sample(graph =>
    {
        var order = ControlFlow.ReversePostorder(graph);
        var headers = ControlFlow.LoopHeaders(graph);
        foreach (var block in order)
            foreach (var successor in ControlFlow.Successors(graph.Blocks[block].End))
                if (order.IndexOf(successor) <= order.IndexOf(block)) Assert.Contains(successor, headers);
    });

    [Fact]
    public void A_header_lies_on_a_cycle() => s_graphs.Sample(graph =>
    {
        foreach (var header in ControlFlow.LoopHeaders(graph))
            Assert.Contains(ControlFlow.Successors(graph.Blocks[header].End), s => Reach(graph, s).Contains(header));
    });

    [Fact]
    public void Predecessors_mirror_successors() => s_graphs.Sample(graph =>
    {
        var predecessors = ControlFlow.Predecessors(graph);
        for (var from = 0; from < graph.Blocks.Count; from++)
            for (var to = 0; to < graph.Blocks.Count; to++)
                Assert.Equal(ControlFlow.Successors(graph.Blocks[from].End).Contains(to), predecessors[to].Contains(from));
    });

    private static HashSet<int> Reach(FunctionIr graph, int from)
    {
        var reached = new HashSet<int> { from };
        var pending = new Stack<int>(reached);
        while (pending.TryPop(out var block))
            foreach (var successor in ControlFlow.Successors(graph.Blocks[block].End))
                if (reached.Add(successor)) pending.Push(successor);
        return reached;
    }
}
