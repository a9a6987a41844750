namespace KfuncLsp.Frontend.Lowering.Assembly;

/// <summary>What an instruction names.</summary>
internal static class AsmUses
{
    /// <summary>Everything that it reads or writes, without whom it calls.</summary>
    public static IEnumerable<AsmValue> ValuesOf(AsmInstr instruction) => instruction switch
    {
        AsmMove m => [m.Target, m.Value],
        AsmArithmetic a => [a.Target, a.Value],
        AsmNegate n => [n.Target],
        AsmOpaque o => [o.Target],
        AsmLoad l => [l.Target, l.Place.Base],
        AsmStore s => [s.Place.Base, s.Value],
        AsmAtomic a => a.Result is { } result ? [result, a.Place.Base, .. a.Values] : [a.Place.Base, .. a.Values],
        AsmPacketLoad { Index: { } index } => [index, s_result, s_context, .. s_arguments],
        AsmPacketLoad => [s_result, s_context, .. s_arguments],
        AsmCall => [s_result, .. s_arguments],
        AsmIf i => [i.Left, i.Right],
        AsmExit => [s_result],
        _ => [],
    };

    /// <summary>Where it may jump to.</summary>
    public static AsmTarget? TargetOf(AsmInstr instruction) => instruction switch
    {
        AsmJump g => g.Target,
        AsmIf i => i.Target,
        AsmMayGoto m => m.Target,
        _ => null,
    };

    private static readonly AsmRegister s_result = new(0, false), s_context = new(6, false);
    private static readonly AsmRegister[] s_arguments = [new(1, false), new(2, false), new(3, false), new(4, false), new(5, false)];
}
