using CsCheck;
using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Ir;

public sealed class LivenessTests
{
    private const int Locals = 3;

    [Fact]
    public void A_local_is_live_from_its_write_to_its_last_read()
    {
        var function = IrSamples.Function(
        [
            new(0, [Write(0)], new Jump(1, default)),
            new(1, [], new Jump(2, default)),
            new(2, [Copy(1, 0)], new Jump(3, default)),
            new(3, [], new Return(Read(1), default)),
        ]);
        var live = Liveness.Of(function);
        Assert.Equal([[], [0], [0], [1]], Enumerable.Range(0, 4).Select(b => live.LiveIn(b).ToArray()));
    }

    [Fact]
    public void What_a_loop_reads_next_time_round_is_live_throughout_it()
    {
        var function = IrSamples.Function(
        [
            new(0, [Write(0)], new Jump(1, default)),
            new(1, [], new Branch(BinaryOp.Ne, Operand.Unknown(IrSamples.S32), Operand.Const(0, IrSamples.S32), IrSamples.S32, 2, 3, default)),
            new(2, [Copy(1, 0)], new Jump(1, default)),
            new(3, [], new Return(null, default)),
        ]);
        var live = Liveness.Of(function);
        Assert.Equal([[], [0], [0], []], Enumerable.Range(0, 4).Select(b => live.LiveIn(b).ToArray()));
    }

    [Fact]
    public void An_operand_of_every_form_counts_as_read()
    {
        // Everything in the sample reads locals 0 or 1, and local 2 is only written.
        Assert.Equal([0, 1], Liveness.Of(IrSamples.EveryForm()).LiveIn(0));
        foreach (var instruction in IrSamples.EveryForm().Blocks.SelectMany(b => b.Instructions))
        {
            var read = new List<Operand>();
            DefUse.ForEachUse(instruction, read.Add);
            var printed = Words(IrText.Print(IrSamples.Function([new(0, [instruction], new Return(null, default))])));
            Assert.Equal(printed, read.Where(o => o.Kind == OperandKind.Local).Select(o => o.LocalId).Distinct().Order());
        }

        // The locals on the right of the printed instruction, without those whose address is taken and those written.
        static IEnumerable<int> Words(string function)
        {
            var line = function.Split('\n').Single(l => l.StartsWith("    ", StringComparison.Ordinal) && !l.EndsWith("return", StringComparison.Ordinal));
            var right = System.Text.RegularExpressions.Regex.Replace(line, "\"[^\"]*\"|^ *%2:v2 = |^ *%1:v1 = (?=call)|out \\([^)]*\\)|&%3:v3 ", "");
            return System.Text.RegularExpressions.Regex.Matches(right, "%(\\d)").Select(m => int.Parse(m.Groups[1].Value)).Distinct().Order();
        }
    }

    /// <summary>Functions of up to 6 blocks that write and read three locals at random.</summary>
    private static readonly Gen<FunctionIr> s_functions =
        from size in Gen.Int[1, 6]
        from edges in Gen.Int[0, size - 1].Array[0, 2].Array[size]
        from code in Gen.Select(Gen.Int[-1, Locals - 1], Gen.Int[-1, Locals - 1]).Array[0, 3].Array[size]
        select IrSamples.Function([.. edges.Select((targets, id) => new BasicBlock(
            id, [.. code[id].Select(step => Step(step.Item1, step.Item2))], IrSamples.End(targets)))], Locals + 1);

    [Fact]
    public void Live_is_what_some_path_reads_before_it_writes_it() => s_functions.Sample(function =>
    {
        var live = Liveness.Of(function);
        for (var block = 0; block < function.Blocks.Count; block++)
            for (var local = 0; local < Locals; local++)
                Assert.Equal(SomePathReads(function, block, local), live.LiveIn(block).Contains(local));
    });

    /// <summary>The definition itself: walk every path until the local is read or written.</summary>
    private static bool SomePathReads(FunctionIr function, int start, int local)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<int>([start]);
        while (pending.TryPop(out var block))
        {
            if (!seen.Add(block)) continue;
            var written = false;
            foreach (var step in function.Blocks[block].Instructions.Cast<Assign>())
            {
                if (step.Value is Use { Value: { Kind: OperandKind.Local } read } && read.LocalId == local) return true;
                if (written = step.Target == local) break;
            }
            if (written) continue;
            foreach (var successor in ControlFlow.Successors(function.Blocks[block].End)) pending.Push(successor);
        }
        return false;
    }

    /// <summary>Local 3 takes what is not written to a local of interest; -1 reads a constant.</summary>
    private static Assign Step(int write, int read) =>
        new(write < 0 ? Locals : write, new Use(read < 0 ? Operand.Const(0, IrSamples.S32) : Read(read)), default);

    private static Assign Write(int local) => Step(local, -1);
    private static Assign Copy(int to, int from) => Step(to, from);
    private static Operand Read(int local) => Operand.Local(local, IrSamples.S32);
}
