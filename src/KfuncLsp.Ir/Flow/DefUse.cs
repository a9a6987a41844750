namespace KfuncLsp.Ir;

/// <summary>Which register locals an instruction or a terminator reads and writes.</summary>
public static class DefUse
{
    /// <summary>Calls <paramref name="read"/> for every operand that the instruction reads.</summary>
    /// <remarks>An output of inline assembly with a <c>+</c> constraint is read, too.</remarks>
    public static void ForEachUse(Instr instruction, Action<Operand> read)
    {
        switch (instruction)
        {
            case Assign a: ForEachUse(a.Value, read); break;
            case Load l: read(l.Pointer); break;
            case Store s: read(s.Pointer); read(s.Value); break;
            case CopyMemory c: read(c.Target); read(c.Source); read(c.Length); break;
            case SetMemory s: read(s.Target); read(s.Value); read(s.Length); break;
            case AtomicUpdate u:
                read(u.Pointer);
                foreach (var operand in u.Operands) read(operand);
                break;
            case Call c:
                if (c.Callee is IndirectCallee indirect) read(indirect.Target);
                foreach (var argument in c.Arguments) read(argument);
                break;
            case InlineAsm asm:
                foreach (var input in asm.Inputs) read(input);
                for (var i = 0; i < asm.Outputs.Count; i++)
                    if (i < asm.OutputConstraints.Count && asm.OutputConstraints[i].StartsWith('+'))
                        read(Operand.Local(asm.Outputs[i], CType.Unknown));
                break;
        }
    }

    /// <summary>Calls <paramref name="read"/> for every operand of a right side.</summary>
    public static void ForEachUse(Rvalue value, Action<Operand> read)
    {
        switch (value)
        {
            case Use u: read(u.Value); break;
            case Unary u: read(u.Value); break;
            case Binary b: read(b.Left); read(b.Right); break;
            case Cast c: read(c.Value); break;
            case PointerAdd p: read(p.Pointer); read(p.Index); break;
            case FieldAddr f: read(f.Pointer); break;
        }
    }

    /// <summary>Calls <paramref name="read"/> for every operand that decides where control goes or what is returned.</summary>
    public static void ForEachUse(Terminator end, Action<Operand> read)
    {
        switch (end)
        {
            case Branch b: read(b.Left); read(b.Right); break;
            case Switch s: read(s.Value); break;
            case Return { Value: { } value }: read(value); break;
            case AsmGoto a:
                foreach (var input in a.Inputs) read(input);
                break;
        }
    }

    /// <summary>The last instruction of a block that gives a local its value before another one; -1 where none there does.</summary>
    public static int DefinitionIn(BasicBlock block, int before, int local)
    {
        for (var i = before - 1; i >= 0; i--)
            if (Defines(block.Instructions[i], local)) return i;
        return -1;
    }

    private static bool Defines(Instr instruction, int local)
    {
        var defines = false;
        ForEachDefinition(instruction, target => defines |= target == local);
        return defines;
    }

    /// <summary>Calls <paramref name="write"/> for every register local that the instruction gives a value.</summary>
    public static void ForEachDefinition(Instr instruction, Action<int> write)
    {
        switch (instruction)
        {
            case Assign a: write(a.Target); break;
            case Load l: write(l.Target); break;
            case Havoc h: write(h.Target); break;
            case AtomicUpdate { Result: { } result }: write(result); break;
            case Call { Result: { } result }: write(result); break;
            case InlineAsm asm:
                foreach (var output in asm.Outputs) write(output);
                break;
        }
    }
}
