using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering.Assembly;

/// <summary>What an instruction of BPF assembly reads or writes.</summary>
internal abstract record AsmValue;

/// <summary><c>r0</c> to <c>r10</c>, or their lower halves <c>w0</c> to <c>w10</c>.</summary>
internal sealed record AsmRegister(int Number, bool IsWord) : AsmValue;

/// <summary><c>%[name]</c> or <c>%0</c>: an operand of the <c>asm</c> statement.</summary>
internal sealed record AsmOperand(string Name, bool IsWord) : AsmValue;

/// <summary>The address of something named in the text: <c>r1 = counter ll</c>.</summary>
internal sealed record AsmSymbol(string Name) : AsmValue;

/// <summary>A number as the instruction uses it: one of 32 bits is already extended by its sign.</summary>
internal sealed record AsmNumber(long Value) : AsmValue;

/// <summary>Memory: <c>(r10 - 8)</c>.</summary>
/// <remarks>Units: <paramref name="Offset"/> in bytes.</remarks>
internal sealed record AsmPlace(AsmValue Base, long Offset);

/// <summary>Where a jump goes: a label, a label of C (<c>%l[name]</c>), or so many slots further.</summary>
internal sealed record AsmTarget(string Label, bool IsCLabel = false, int? Slots = null);

/// <summary>One instruction. <see cref="Slots"/> counts the 8-byte units that it takes.</summary>
internal abstract record AsmInstr
{
    public int Slots { get; init; } = 1;
}

/// <summary><c>r1 = r2</c>, <c>w1 = 5</c>, <c>r1 = (s8)r2</c>, <c>r1 = map ll</c>.</summary>
/// <remarks>Units: <paramref name="SignedBits"/> is the width that is extended by its sign, 0 for a plain copy.</remarks>
internal sealed record AsmMove(AsmValue Target, AsmValue Value, int SignedBits = 0) : AsmInstr;

/// <summary><c>r1 += r2</c>, <c>w1 s>>= 3</c>.</summary>
internal sealed record AsmArithmetic(AsmValue Target, BinaryOp Op, bool IsSigned, AsmValue Value) : AsmInstr;

/// <summary><c>r1 = -r1</c>.</summary>
internal sealed record AsmNegate(AsmValue Target) : AsmInstr;

/// <summary>An instruction that gives a register a value that is not followed: byte swaps, casts of address spaces.</summary>
internal sealed record AsmOpaque(AsmValue Target, string What) : AsmInstr;

/// <summary><c>r1 = *(u8 *)(r2 + 4)</c>.</summary>
internal sealed record AsmLoad(AsmValue Target, IntType Type, AsmPlace Place) : AsmInstr;

/// <summary><c>*(u32 *)(r10 - 4) = r1</c>.</summary>
internal sealed record AsmStore(AsmPlace Place, IntType Type, AsmValue Value) : AsmInstr;

/// <summary>An atomic operation, named as the <c>__sync_*</c> builtin that does the same.</summary>
internal sealed record AsmAtomic(AsmValue? Result, string Builtin, AsmPlace Place, IntType Type, AsmValue[] Values) : AsmInstr;

/// <summary><c>r0 = *(u8 *)skb[r1]</c>: reads the packet of the context in <c>r6</c>, and leaves the program where it is too short.</summary>
internal sealed record AsmPacketLoad(AsmValue? Index) : AsmInstr;

/// <summary><c>call %[bpf_map_lookup_elem]</c>, <c>call sub</c>, <c>call 7</c>.</summary>
internal sealed record AsmCall(AsmValue Callee) : AsmInstr;

internal sealed record AsmJump(AsmTarget Target) : AsmInstr;

/// <summary><c>if r1 s> 5 goto l</c>; <paramref name="IsTest"/> for <c>if r1 &amp; 5 goto l</c>.</summary>
internal sealed record AsmIf(BinaryOp Op, bool IsSigned, bool IsTest, AsmValue Left, AsmValue Right, AsmTarget Target) : AsmInstr;

internal sealed record AsmMayGoto(AsmTarget Target) : AsmInstr;

internal sealed record AsmExit : AsmInstr;

/// <summary>A text of assembly: its instructions, and the labels by the instruction that they stand before.</summary>
internal sealed class AsmText
{
    public List<AsmInstr> Instructions { get; } = [];
    public List<(string Name, int Before)> Labels { get; } = [];

    /// <summary>The instruction that a jump of the instruction at <paramref name="from"/> goes to; null where there is none.</summary>
    /// <remarks>A number as label (<c>1f</c>, <c>1b</c>) is the next or the last one of that number.</remarks>
    public int? Find(AsmTarget target, int from)
    {
        if (target.Slots is { } slots) return AtSlot(from, slots);
        var isNumber = target.Label.Length > 1 && char.IsAsciiDigit(target.Label[0]);
        if (!isNumber) return Labels.FindIndex(l => l.Name == target.Label) is >= 0 and var named ? Labels[named].Before : null;
        var (name, isForward) = (target.Label[..^1], target.Label[^1] == 'f');
        var index = isForward ? Labels.FindIndex(l => l.Name == name && l.Before > from) : Labels.FindLastIndex(l => l.Name == name && l.Before <= from);
        return index >= 0 ? Labels[index].Before : null;
    }

    private int? AtSlot(int from, int slots)
    {
        var wanted = SlotOf(from + 1) + slots;
        for (int i = 0, slot = 0; i <= Instructions.Count; i++)
        {
            if (slot == wanted) return i;
            if (i < Instructions.Count) slot += Instructions[i].Slots;
        }

        return null;
    }

    private int SlotOf(int index) => Instructions.Take(index).Sum(i => i.Slots);
}
