using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Comparisons of a place in the packet with its end: what one has found decides those after it that ask for no more.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, find_good_pkt_pointers, is_pkt_ptr_branch_taken.</remarks>
internal static class PacketBounds
{
    private const string Start = "data", End = "data_end";

    /// <summary>What a comparison surely gives; null where both answers are possible, or it compares other things.</summary>
    public static bool? Decide(VerifierState state, BinaryOp op, RegState left, RegState right) =>
        Asked(ref op, left, right) is not { } bytes ? null
        : op switch
        {
            BinaryOp.Le when bytes <= state.PacketBytes => true,
            BinaryOp.Gt when bytes <= state.PacketBytes => false,
            BinaryOp.Lt when bytes < state.PacketBytes => true,
            BinaryOp.Ge when bytes < state.PacketBytes => false,
            _ => null,
        };

    /// <summary>Keeps what a comparison that holds says.</summary>
    public static void Learn(VerifierState state, BinaryOp op, RegState left, RegState right)
    {
        if (Asked(ref op, left, right) is { } bytes && op is BinaryOp.Le or BinaryOp.Lt) state.PacketBytes = Math.Max(state.PacketBytes, op == BinaryOp.Lt ? bytes + 1 : bytes);
    }

    /// <summary>How many bytes a comparison asks for, where it has the start of the packet on its left; null where it is another one.</summary>
    private static long? Asked(ref BinaryOp op, RegState left, RegState right)
    {
        if (left.Type != RegType.PtrToPacket || right.Type != RegType.PtrToPacket || left.HasVariableOffset || right.HasVariableOffset) return null;
        if (left.Object == End) (op, left, right) = (ScalarArithmetic.Swap(op), right, left);
        return left.Object == Start && left.Offset >= 0 && right is { Object: End, Offset: 0 } ? left.Offset : null;
    }
}
