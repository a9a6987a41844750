using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>A call of a global function that the compiler may leave out: nothing would come of it.</summary>
/// <remarks>Then the verifier never sees the function. It writes through its arguments only, and what they point to nobody reads.</remarks>
internal static class RemovableCall
{
    public static bool MayBe(Site site, Call call, FunctionIr callee)
    {
        var effects = site.Program.Unit.EffectsOf(callee);
        if (!effects.WritesThroughArgumentsOnly || !(call.Result is null || effects.GivesOneConstant)) return false;
        foreach (var argument in ValueTransfer.Read(site.State, call.Arguments))
            if (!argument.IsScalar && !(argument.Type == RegType.PtrToStack && argument.Frame == site.State.Depth && IsOnlyWritten(site.State.Top.Function, argument.LocalId, call))) return false;
        return true;
    }

    /// <summary>Whether a function only computes, and the program calls it more than once: what was computed before, the compiler need not ask for again.</summary>
    public static bool IsAskedAgain(Site site, FunctionIr callee) =>
        site.Program.Unit.EffectsOf(callee).OnlyComputes && site.Program.Callers.TryGetValue(callee.Name, out var callers) && callers.Count > 1;

    /// <summary>Whether a local's memory is written and passed to the call, and used for nothing else.</summary>
    private static bool IsOnlyWritten(FunctionIr function, int local, Call call)
    {
        var addresses = new HashSet<int>();
        var instructions = function.Blocks.SelectMany(b => b.Instructions).ToArray();
        for (var isNew = true; isNew;)
        {
            isNew = false;
            foreach (var assign in instructions.OfType<Assign>())
                if (assign.Value is AddressOfLocal { LocalId: var addressed } ? addressed == local : Uses(assign.Value)) isNew |= addresses.Add(assign.Target);
        }

        var isRead = false;
        foreach (var instruction in instructions)
        {
            if (instruction is Assign || ReferenceEquals(instruction, call)) continue;
            var written = instruction switch { Store s => s.Pointer, CopyMemory c => c.Target, SetMemory s => s.Target, _ => default(Operand?) };
            DefUse.ForEachUse(instruction, o => isRead |= Is(o) && o != written);
        }

        foreach (var block in function.Blocks) DefUse.ForEachUse(block.End, o => isRead |= Is(o));
        return !isRead;

        bool Is(Operand operand) => operand.Kind == OperandKind.Local && addresses.Contains(operand.LocalId);

        bool Uses(Rvalue value)
        {
            var uses = false;
            DefUse.ForEachUse(value, o => uses |= Is(o));
            return uses;
        }
    }
}
