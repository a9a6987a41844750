using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>Collects blocks and locals; folds constants on the way, and drops what cannot be reached at the end.</summary>
internal sealed class CfgBuilder
{
    private sealed class OpenBlock
    {
        public readonly List<Instr> Instructions = [];
        public Terminator? End;
    }

    private readonly List<OpenBlock> _blocks = [];
    private readonly List<LocalVar> _locals = [];
    private int _current;

    public CfgBuilder() => _current = NewBlock();

    /// <summary>The block that <see cref="Emit"/> writes to.</summary>
    public int Current => _current;

    public int NewBlock()
    {
        _blocks.Add(new OpenBlock());
        return _blocks.Count - 1;
    }

    /// <summary>Goes on in a block; the present one falls through to it unless it has ended.</summary>
    public void Enter(int block, Span span)
    {
        if (_blocks[_current].End is null) _blocks[_current].End = new Jump(block, span);
        _current = block;
    }

    /// <summary>Ends the present block. What follows, until a block is entered, cannot be reached.</summary>
    public void End(Terminator terminator)
    {
        _blocks[_current].End ??= terminator;
        _current = NewBlock();
    }

    /// <summary>Ends a block whose end was left open.</summary>
    public void EndAt(int block, Terminator terminator) => _blocks[block].End ??= terminator;

    /// <summary>Leaves the present block open and goes on in another.</summary>
    public void SwitchTo(int block) => _current = block;

    public void Emit(Instr instruction) => _blocks[_current].Instructions.Add(instruction);

    public int NewLocal(string name, CType type, LocalKind kind, bool inMemory, Span declaration, bool isAligned = false)
    {
        _locals.Add(new LocalVar(_locals.Count, name, type, kind, inMemory, declaration) { IsAligned = isAligned });
        return _locals.Count - 1;
    }

    public LocalVar Local(int id) => _locals[id];

    /// <summary>Makes the instruction that just computed a temporary write the local instead.</summary>
    /// <remarks>Shape: true where the last instruction wrote <paramref name="temporary"/>, the newest local, and now writes <paramref name="target"/>.</remarks>
    public bool TryRetarget(int temporary, int target)
    {
        var instructions = _blocks[_current].Instructions;
        if (instructions.Count == 0 || temporary != _locals.Count - 1) return false;
        var local = _locals[temporary];
        var wanted = _locals[target].Type;
        if (local.Kind != LocalKind.Temporary || local.InMemory || !SameRegister(local.Type, wanted)) return false;
        Instr? retargeted = instructions[^1] switch
        {
            Assign a when a.Target == temporary => a with { Target = target },
            Load l when l.Target == temporary => l with { Target = target },
            Call c when c.Result == temporary => c with { Result = target },
            Havoc h when h.Target == temporary => h with { Target = target },
            AtomicUpdate u when u.Result == temporary => u with { Result = target },
            _ => null,
        };
        if (retargeted is null) return false;
        instructions[^1] = retargeted;
        _locals.RemoveAt(temporary);
        return true;
    }

    private static bool SameRegister(CType a, CType b) =>
        a == b || a is PointerType && b is PointerType || a is IntType { IsBool: false } x && b is IntType { IsBool: false } y && x.Bits == y.Bits && x.IsSigned == y.IsSigned;

    public (EquatableArray<BasicBlock> Blocks, EquatableArray<LocalVar> Locals) Finish(Span end)
    {
        var order = new int[_blocks.Count];
        Array.Fill(order, -1);
        var pending = new Stack<int>([0]);
        var reached = new bool[_blocks.Count];
        reached[0] = true;
        while (pending.TryPop(out var block))
        {
            _blocks[block].End ??= new Return(null, end);
            foreach (var target in Targets(_blocks[block].End!))
                if (!reached[target])
                {
                    reached[target] = true;
                    pending.Push(target);
                }
        }

        var count = 0;
        for (var i = 0; i < _blocks.Count; i++)
            if (reached[i]) order[i] = count++;
        var blocks = new BasicBlock[count];
        for (var i = 0; i < _blocks.Count; i++)
            if (reached[i])
                blocks[order[i]] = new BasicBlock(order[i], [.. _blocks[i].Instructions], Renumber(_blocks[i].End!, order));
        return (new EquatableArray<BasicBlock>([.. blocks]), new EquatableArray<LocalVar>([.. _locals]));
    }

    private static IEnumerable<int> Targets(Terminator end) => end switch
    {
        Jump j => [j.Target],
        Branch b => [b.Then, b.Else],
        Switch s => s.Cases.Select(c => c.Target).Append(s.Default),
        AsmGoto a => a.Targets,
        _ => [],
    };

    private static Terminator Renumber(Terminator end, int[] order) => end switch
    {
        Jump j => j with { Target = order[j.Target] },
        Branch b => b with { Then = order[b.Then], Else = order[b.Else] },
        Switch s => s with { Cases = [.. s.Cases.Select(c => c with { Target = order[c.Target] })], Default = order[s.Default] },
        AsmGoto a => a with { Targets = [.. a.Targets.Select(t => order[t])] },
        _ => end,
    };
}
