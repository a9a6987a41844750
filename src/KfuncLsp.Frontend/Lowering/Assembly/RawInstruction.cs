using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering.Assembly;

/// <summary>An instruction given as its eight bytes: <c>.8byte %[insn]</c>, for what an older assembler cannot spell.</summary>
/// <remarks>Source: include/uapi/linux/bpf.h, struct bpf_insn; Documentation/bpf/standardization/instruction-set.rst.</remarks>
internal static class RawInstruction
{
    private static readonly IntType[] s_sizes = [new(32, false), new(16, false), new(8, false), new(64, false)];

    /// <summary>Errors: null for an instruction that is not among those that programs write this way.</summary>
    public static AsmInstr? Decode(long? bytes)
    {
        if (bytes is not { } raw) return null;
        var code = (byte)raw;
        var target = new AsmRegister((int)(raw >> 8) & 15, false);
        var source = new AsmRegister((int)(raw >> 12) & 15, false);
        var offset = (short)(raw >> 16);
        var number = new AsmNumber((int)(raw >> 32));
        if (target.Number > 10 || source.Number > 10) return null;
        var size = s_sizes[(code >> 3) & 3];
        return (code & 7, code & 0xe0) switch
        {
            (2, 0x60) => new AsmStore(new(target, offset), size, number),
            (3, 0x60) => new AsmStore(new(target, offset), size, source),
            (1, 0x60) => new AsmLoad(target, size, new(source, offset)),
            (0, 0x20) => new AsmPacketLoad(null),
            (0, 0x40) => new AsmPacketLoad(source),
            (5, _) when code == 0xe5 => new AsmMayGoto(new("", Slots: offset)),
            (5, _) when code == 0x45 => new AsmIf(BinaryOp.Ne, false, true, target, number, new("", Slots: offset)),
            (7, _) when code == 0xb7 => new AsmMove(target, number),
            (7, _) when code == 0xbf && offset == 0 => new AsmMove(target, source),
            (7, _) when code == 0xbf && offset is 8 or 16 or 32 => new AsmMove(target, source, offset),
            _ => null,
        };
    }
}
