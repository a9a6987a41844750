using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A dynptr is used before it is made, or made where it cannot be.</summary>
internal static class KF0601DynptrState
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0601", "dynptr-state", "A dynptr is not in the state that a call needs",
        "dynptr-uninitialized", "dynptr-not-uninit", "dynptr-arg-not-dynptr", "dynptr-const-mutated", "dynptr-wrong-type", "release-helper-unreferenced");

    public static bool IsWrong(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        var register = site.ArgumentName(parameter.Index);
        if (argument.Type == RegType.ConstPtrToDynptr)
        {
            if (!parameter.IsUninit) return false;
            place.Report(Rule, "this dynptr belongs to the caller; it cannot be made anew", "dynptr-const-mutated", site.Kernel("dynptr-const-mutated", null, register));
            return true;
        }

        if (argument.Type != RegType.PtrToStack)
        {
            if (!argument.IsPointer && !argument.IsNull && !argument.IsRuntimeValue) return false;
            place.Report(Rule, "a dynptr must be a local variable of the program", "dynptr-arg-not-dynptr", site.Kernel("dynptr-arg-not-dynptr", "to stack", register));
            return true;
        }

        var memory = MemoryTransfer.StackAt(site.State, argument);
        if (memory is null or { IsEscaped: true } || argument.HasVariableOffset) return false;
        if (parameter.IsUninit)
            return memory.SpecialIn(argument.Offset, DynptrTransfer.Size) is { } special && KF0602DynptrOverwrite.IsBroken(place, special);
        if (memory.At(argument.Offset) is { Kind: SlotKind.Dynptr }) return false;
        place.Report(Rule, "this dynptr is not initialised on this path", "dynptr-uninitialized", site.Kernel("dynptr-uninitialized", "Expected an initialized", register));
        return true;
    }

    /// <summary>The same for a helper, whose prototype says in <paramref name="wanted"/> what it does with the dynptr.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, process_dynptr_func, and check_func_arg for a release.</remarks>
    public static bool IsWrongForHelper(Site site, Call call, int index, string wanted, RegState argument)
    {
        var place = site.At(call.SpanOf(index));
        var isReleased = wanted.Contains("OBJ_RELEASE", StringComparison.Ordinal);
        if (argument.Type == RegType.ConstPtrToDynptr)
        {
            if (!isReleased && !wanted.Contains("MEM_UNINIT", StringComparison.Ordinal)) return false;
            place.Report(Rule, "this dynptr belongs to the caller; it cannot be made anew or released", "dynptr-const-mutated", site.Kernel("dynptr-const-mutated", null));
            return true;
        }

        if (MemoryTransfer.StackAt(site.State, argument) is not { IsEscaped: false } memory || argument.HasVariableOffset) return false;
        if (wanted.Contains("MEM_UNINIT", StringComparison.Ordinal)) return IsNoRoom(place, memory, argument);
        var slot = memory.At(argument.Offset) is { Kind: SlotKind.Dynptr } found ? found : null;
        if (isReleased && slot is null or { RefObjId: 0 } && !site.Traits.ReleaseIsFirstArgument)
        {
            place.Report(Rule, "this dynptr owns nothing that could be released here", "release-helper-unreferenced", site.Kernel("release-helper-unreferenced", "unacquired", index + 1));
            return true;
        }

        if (slot is null)
        {
            place.Report(Rule, "this dynptr is not initialised on this path", "dynptr-uninitialized", site.Kernel("dynptr-uninitialized", "Expected an initialized", site.ArgumentName(index)));
            return true;
        }

        if (TypeWanted(wanted) is not { } type || slot.Name.Length == 0 || slot.Name == type) return false;
        place.Report(Rule, $"this is a {slot.Name} dynptr; a {type} dynptr is needed", "dynptr-wrong-type", site.Kernel("dynptr-wrong-type", "Expected a dynptr", type, site.ArgumentName(index)));
        return true;
    }

    /// <summary>Whether a dynptr cannot be made here: it would lie askew, or on one that still owns memory.</summary>
    private static bool IsNoRoom(Site place, StackObject memory, RegState argument)
    {
        var isAligned = argument.Offset % 8 == 0 || place.State.Frames[argument.Frame].Function.Locals[argument.LocalId].Type is not StructType;
        if (isAligned) return memory.SpecialIn(argument.Offset, DynptrTransfer.Size) is { } special && KF0602DynptrOverwrite.IsBroken(place, special);
        place.Report(Rule, "a dynptr cannot be made in the middle of another variable", "dynptr-not-uninit", place.Kernel("dynptr-not-uninit", null));
        return true;
    }

    private static string? TypeWanted(string wanted) =>
        wanted.Contains("DYNPTR_TYPE_RINGBUF", StringComparison.Ordinal) ? "ringbuf"
        : wanted.Contains("DYNPTR_TYPE_LOCAL", StringComparison.Ordinal) ? "local"
        : wanted.Contains("DYNPTR_TYPE_SKB", StringComparison.Ordinal) ? "skb"
        : wanted.Contains("DYNPTR_TYPE_XDP", StringComparison.Ordinal) ? "xdp"
        : null;

    /// <summary>Memory that <c>bpf_dynptr_from_mem</c> does not take: anything but a map value.</summary>
    public static bool IsUnsupportedMemory(Site site, Call call, RegState data)
    {
        if (data.Type is not (RegType.PtrToStack or RegType.PtrToMem or RegType.PtrToBtfId or RegType.PtrToCtx)) return false;
        site.At(call.ArgumentSpans.Count > 0 ? call.ArgumentSpans[0] : call.Span).Report(Rule, "`bpf_dynptr_from_mem` takes memory of a map value only", "dynptr-wrong-type",
            site.Kernel("dynptr-wrong-type", "Unsupported reg type", RegNames.Of(data)));
        return true;
    }
}
