using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Ir;

public sealed class IrHashTests
{
    private static readonly FunctionIr s_base = IrSamples.EveryForm();

    [Fact]
    public void Moving_a_function_in_its_file_leaves_its_hash()
    {
        var moved = s_base with { Anchor = new("other.bpf.c", 7000, 50, new("other.bpf.c", 7004, 1)) };
        Assert.Equal(IrHash.Of(s_base), IrHash.Of(moved));
        Assert.Equal(IrHash.Of(s_base), IrHash.Of(IrSamples.EveryForm()));
    }

    [Fact]
    public void Every_other_change_changes_the_hash()
    {
        var hashes = Changes().Select(IrHash.Of).Append(IrHash.Of(s_base)).ToList();
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Fact]
    public void The_hash_is_the_published_function()
    {
        // FNV-1a's own test vectors.
        Assert.Equal("6c62272e07bb014262b821756295c58d", IrHash.Of("").ToString());
        Assert.Equal("d228cb696f1a8caf78912b704e4a8964", IrHash.Of("a").ToString());
        Assert.Equal("343e1662793c64bf6f0d3597ba446f18", IrHash.Of("foobar").ToString());
    }

    private static IEnumerable<FunctionIr> Changes()
    {
        yield return s_base with { Name = "g" };
        yield return s_base with { ReturnType = IrSamples.U64 };
        yield return s_base with { IsStatic = false };
        yield return s_base with { IsWeak = true };
        yield return s_base with { IsAlwaysInline = true };
        yield return s_base with { IsNoInline = true };
        yield return s_base with { IsNaked = true };
        yield return s_base with { Section = null };
        yield return s_base with { Section = "lsm/file_open" };
        yield return s_base with { DeclTags = [] };
        yield return s_base with { NotLowered = "a reason" };
        yield return s_base with { Parameters = [s_base.Parameters[0] with { DeclTags = [] }] };
        for (var i = 0; i < s_base.Locals.Count; i++)
        {
            yield return Local(i, l => l with { Name = l.Name + "x" });
            yield return Local(i, l => l with { InMemory = !l.InMemory });
            yield return Local(i, l => l with { Declaration = new(77, 1) });
            yield return Local(i, l => l with { Type = new IntType(16, true, EnumName: "e") });
            yield return Local(i, l => l with { Type = new IntType(32, true, EnumName: "e") });
            yield return Local(i, l => l with { Type = new PointerType(new StructType("task_struct", false, 9001)) });
            yield return Local(i, l => l with { Type = IrSamples.TaskPointer with { Tags = ["kptr"] } });
        }
        for (var i = 0; i < s_base.Blocks.Count; i++)
        {
            var block = s_base.Blocks[i];
            yield return Block(i, b => b with { End = b.End with { Span = new(60, 1) } });
            yield return Block(i, b => b with { Instructions = [.. b.Instructions, new Havoc(0, "end", default)] });
            for (var k = 0; k < block.Instructions.Count; k++)
            {
                var instructions = block.Instructions.Items;
                var changed = instructions[k] with { Span = new(70, 1) };
                yield return Block(i, b => b with { Instructions = instructions.SetItem(k, changed) });
                yield return Block(i, b => b with { Instructions = instructions.RemoveAt(k) });
            }
        }
        var call = (Call)s_base.Blocks[0].Instructions.Single(x => x is Call { Callee: DirectCallee });
        foreach (var other in new[]
        {
            call with { Prototype = IrSamples.FromPid with { IsVariadic = true } },
            call with { ArgumentSpans = [new(40, 1)] },
            call with { CalleeSpan = new(37, 2) },
            call with { Result = null },
            call with { IsCleanup = true },
        })
            yield return Block(0, b => b with { Instructions = b.Instructions.Items.Replace(call, other) });
    }

    private static FunctionIr Local(int index, Func<LocalVar, LocalVar> change) =>
        s_base with { Locals = s_base.Locals.Items.SetItem(index, change(s_base.Locals[index])) };

    private static FunctionIr Block(int index, Func<BasicBlock, BasicBlock> change) =>
        s_base with { Blocks = s_base.Blocks.Items.SetItem(index, change(s_base.Blocks[index])) };
}
