using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What lies around a local in memory: the compiler's choice, of which only bounds are known.</summary>
/// <remarks>The verifier knows the frame alone: a pointer past the end of one local is a pointer into the next.</remarks>
internal static class StackLayout
{
    private const long Slot = 8;

    /// <summary>Whether a pointer to a local points outside it.</summary>
    public static bool IsOutside(VerifierState state, RegState pointer) =>
        MemoryTransfer.StackAt(state, pointer) is not null && !pointer.HasVariableOffset && LocalOf(state, pointer).Type.Size is > 0 and var size
        && (pointer.Offset < 0 || pointer.Offset >= size);

    /// <summary>At most so many bytes lie between a place in a local and the end of the frame.</summary>
    /// <remarks>
    /// Shape: clang gives earlier locals the higher addresses, and puts those of functions that it inlines above them.
    /// Errors: null where a size is not known.
    /// </remarks>
    public static long? MostBytesFrom(Site site, RegState pointer)
    {
        var own = LocalOf(site.State, pointer);
        var function = site.State.Frames[pointer.Frame].Function;
        if (function.IsNaked) return own.Type.Size - pointer.Offset;
        var bytes = InSlots(own.Type.Size) - pointer.Offset;
        foreach (var local in Above(site, pointer).Concat(Inlined(site, pointer)))
        {
            if (local.Type.Size <= 0) return null;
            bytes += InSlots(local.Type.Size);
        }

        return own.Type.Size > 0 ? bytes : null;
    }

    /// <summary>Whether so many bytes surely reach a dynptr, an iterator or a saved interrupt flag, or the end of the frame: nothing else lies above.</summary>
    public static bool ReachesNoPlainMemory(Site site, RegState pointer, long length)
    {
        var own = LocalOf(site.State, pointer);
        if (pointer.Offset + length <= InSlots(own.Type.Size)) return false;
        var memoryOf = site.State.Frames[pointer.Frame].Memory;
        return !Inlined(site, pointer).Any() && Above(site, pointer).All(l => l.Type.Size > 0 && memoryOf[l.Id] is { IsEscaped: false } memory && IsFilled(memory, l.Type.Size));
    }

    private static bool IsFilled(StackObject memory, long size) => memory.Slots.Values.Where(s => s.Kind != SlotKind.Spill).Sum(s => s.Size) >= size;

    /// <summary>Whether a variable of four bytes surely lies in the upper half of its slot: nothing beside it is smaller than a slot.</summary>
    public static bool IsSurelyUpperHalf(Site site, RegState pointer)
    {
        var own = LocalOf(site.State, pointer);
        return own is { IsAligned: false, Type.Size: 4 } && Beside(site, pointer).Concat(Inlined(site, pointer)).All(l => l.Type.Size > 0 && l.Type.Size % Slot == 0);
    }

    /// <summary>Whether another local than the one that a pointer starts from has something of a kind in it.</summary>
    public static bool IsElsewhere(VerifierState state, RegState pointer, SlotKind kind)
    {
        for (var f = 0; f < state.Frames.Count; f++)
            for (var i = 0; i < state.Frames[f].Memory.Length; i++)
                if ((f != pointer.Frame || i != pointer.LocalId) && state.Frames[f].Memory[i] is { } memory && (memory.IsEscaped || memory.Slots.Values.Any(s => s.Kind == kind))) return true;
        return false;
    }

    /// <summary>The locals of the function that lie at higher addresses.</summary>
    private static IEnumerable<LocalVar> Above(Site site, RegState pointer) => Beside(site, pointer).Where(l => l.Id < pointer.LocalId);

    /// <summary>The other locals in memory of the function.</summary>
    private static IEnumerable<LocalVar> Beside(Site site, RegState pointer) =>
        site.State.Frames[pointer.Frame].Function.Locals.Where(l => l.InMemory && l.Id != pointer.LocalId);

    /// <summary>The locals in memory of the other functions that the program calls: where they are inlined, theirs lie above.</summary>
    private static IEnumerable<LocalVar> Inlined(Site site, RegState pointer)
    {
        var function = site.State.Frames[pointer.Frame].Function;
        return site.Program.Called.Where(f => f.Name != function.Name).SelectMany(f => f.Locals).Where(l => l.InMemory);
    }

    private static long InSlots(long size) => (size + Slot - 1) / Slot * Slot;

    private static LocalVar LocalOf(VerifierState state, RegState pointer) => state.Frames[pointer.Frame].Function.Locals[pointer.LocalId];
}
