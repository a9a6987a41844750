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
        var above = Above(site, pointer);
        var bytes = (own.Type.Size + Slot - 1) / Slot * Slot - pointer.Offset;
        foreach (var local in above)
        {
            if (local.Type.Size <= 0) return null;
            bytes += (local.Type.Size + Slot - 1) / Slot * Slot;
        }

        return own.Type.Size > 0 ? bytes : null;
    }

    /// <summary>Whether so many bytes surely reach a dynptr, an iterator or a saved interrupt flag, or the end of the frame: nothing else lies above.</summary>
    public static bool ReachesNoPlainMemory(Site site, RegState pointer, long length)
    {
        var own = LocalOf(site.State, pointer);
        if (pointer.Offset + length <= (own.Type.Size + Slot - 1) / Slot * Slot) return false;
        var frame = site.State.Frames[pointer.Frame];
        return Above(site, pointer).All(l => l.Type.Size > 0 && frame.Function.Locals.Contains(l) && frame.Memory[l.Id] is { IsEscaped: false } memory && IsFilled(memory, l.Type.Size));
    }

    private static bool IsFilled(StackObject memory, long size) => memory.Slots.Values.Where(s => s.Kind != SlotKind.Spill).Sum(s => s.Size) >= size;

    /// <summary>Whether a variable of four bytes surely lies in the upper half of its slot: nothing beside it is smaller than a slot.</summary>
    public static bool IsSurelyUpperHalf(Site site, RegState pointer)
    {
        var own = LocalOf(site.State, pointer);
        return own.Type.Size == 4 && Others(site, pointer).All(l => l.Type.Size > 0 && l.Type.Size % Slot == 0);
    }

    /// <summary>Whether another local than the one that a pointer starts from has something of a kind in it.</summary>
    public static bool IsElsewhere(VerifierState state, RegState pointer, SlotKind kind)
    {
        for (var f = 0; f < state.Frames.Count; f++)
            for (var i = 0; i < state.Frames[f].Memory.Length; i++)
                if ((f != pointer.Frame || i != pointer.LocalId) && state.Frames[f].Memory[i] is { } memory && (memory.IsEscaped || memory.Slots.Values.Any(s => s.Kind == kind))) return true;
        return false;
    }

    /// <summary>What may lie at higher addresses than a local.</summary>
    private static IEnumerable<LocalVar> Above(Site site, RegState pointer)
    {
        var own = LocalOf(site.State, pointer);
        var function = site.State.Frames[pointer.Frame].Function;
        return Others(site, pointer).Where(l => l.Id < own.Id || !function.Locals.Contains(l));
    }

    /// <summary>The other locals in memory of a function, and of all that the program calls: they may be inlined.</summary>
    private static IEnumerable<LocalVar> Others(Site site, RegState pointer)
    {
        var own = LocalOf(site.State, pointer);
        var function = site.State.Frames[pointer.Frame].Function;
        return function.Locals.Concat(site.Program.Called.Where(f => f.Name != function.Name).SelectMany(f => f.Locals)).Where(l => l.InMemory && !ReferenceEquals(l, own));
    }

    private static LocalVar LocalOf(VerifierState state, RegState pointer) => state.Frames[pointer.Frame].Function.Locals[pointer.LocalId];
}
