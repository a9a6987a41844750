using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Gives up on the exact numbers of a loop that goes on for long, so that it settles.</summary>
internal static class Widening
{
    /// <summary>Numbers that changed since the loop's last round may be anything their type allows.</summary>
    public static void Apply(VerifierState last, VerifierState current)
    {
        for (var f = 0; f < current.Frames.Count && f < last.Frames.Count; f++)
        {
            var (frame, before) = (current.Frames[f], last.Frames[f]);
            if (!ReferenceEquals(frame.Facts, before.Facts)) return;
            for (var i = 0; i < frame.Locals.Length; i++)
                current.SetLocal(f, i, Widen(before.Locals[i], frame.Locals[i], ScalarRange.Of(frame.Function.Locals[i].Type)));
            foreach (var i in frame.Facts.InMemory)
            {
                if (frame.Memory[i] is not { } memory) continue;
                foreach (var (offset, slot) in memory.Slots)
                {
                    if (slot.Kind != SlotKind.Spill || !slot.Value.IsScalar || before.Memory[i]?.At(offset) is not { Kind: SlotKind.Spill } other) continue;
                    memory = memory with { Slots = memory.Slots.SetItem(offset, slot with { Value = Widen(other.Value, slot.Value, ScalarRange.Any) }) };
                }

                foreach (var (bits, number) in memory.Parts)
                    if (before.Memory[i]?.Parts.GetValueOrDefault(bits) is { } other) memory = memory with { Parts = memory.Parts.SetItem(bits, Widen(other, number, ScalarRange.Any)) };
                current.SetMemory(f, i, memory);
            }
        }
    }

    private static RegState Widen(RegState before, RegState now, ScalarRange whole)
    {
        if (!now.IsScalar || !before.IsScalar || before.Range == now.Range) return now;
        var min = now.Range.Min >= before.Range.Min ? Math.Max(whole.Min, before.Range.Min) : whole.Min;
        var max = now.Range.Max <= before.Range.Max ? Math.Min(whole.Max, before.Range.Max) : whole.Max;
        return min > max ? RegState.Unknown : RegState.Scalar(new(min, max), isRuntime: false);
    }
}
