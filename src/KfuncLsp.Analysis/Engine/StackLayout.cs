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
        var above = function.Locals.Where(l => l.Id < own.Id)
            .Concat(site.Program.Unit.Unit.Functions.Where(f => f.Name != function.Name).SelectMany(f => f.Locals))
            .Where(l => l.InMemory);
        long bytes = own.Type.Size - pointer.Offset;
        foreach (var local in above)
        {
            if (local.Type.Size <= 0) return null;
            bytes += (local.Type.Size + Slot - 1) / Slot * Slot;
        }

        return own.Type.Size > 0 ? bytes : null;
    }

    private static LocalVar LocalOf(VerifierState state, RegState pointer) => state.Frames[pointer.Frame].Function.Locals[pointer.LocalId];
}
