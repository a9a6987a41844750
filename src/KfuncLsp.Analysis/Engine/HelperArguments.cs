using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>The arguments of a helper call: what is wrong with them, what is released, what is written.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_func_arg.</remarks>
internal static class HelperArguments
{
    /// <summary>Numbers of <c>enum bpf_map_type</c>.</summary>
    private const int SockMap = 15, SockHash = 18;

    /// <summary>Checks the arguments. Shape: whether the helper would write over a dynptr, which then keeps what it has.</summary>
    public static bool Check(Site site, Call call, HelperSignature signature, RegState[] arguments, string name)
    {
        if (signature.DiffersByProgramType || name == "bpf_tail_call") return false;
        for (var i = 0; i < arguments.Length && i < signature.Arguments.Length; i++)
        {
            var wanted = Resolve(signature.Arguments[i], arguments);
            if (wanted.Contains("PTR_TO_DYNPTR", StringComparison.Ordinal))
            {
                if (KF0601DynptrState.IsWrongForHelper(site, call, i, wanted, arguments[i])) return false;
                continue;
            }

            if (KF0813WrongCallback.IsBrokenByHelper(site, call, i, wanted, arguments[i])) continue;
            var size = SizeAfter(signature, arguments, i);
            if (wanted.Contains("UNINIT_MEM", StringComparison.Ordinal) && KF0602DynptrOverwrite.IsBrokenByHelper(site, call.ArgumentSpans[i], arguments[i], size)) return true;
            var touched = size ?? SizeInMap(wanted, arguments);
            if (KF0309MemberBounds.IsBrokenByHelper(site, call, i, wanted, arguments[i], size) || KF0809KptrAccess.IsBrokenByHelper(site, call, i, arguments[i], touched) || KF0808SpecialFieldAccess.IsBrokenByHelper(site, call, i, arguments[i], touched)) return false;
            if (KF0301UntrustedArgument.IsBrokenByHelper(site, call, i, wanted, arguments[i]) || KF0311PercpuAccess.IsBrokenByHelper(site, call, i, wanted, arguments[i]) || KF0801WrongObject.IsBrokenByHelper(site, call, i, wanted, arguments[i]) || KF0604ReadOnlyWrite.IsBrokenByHelper(site, call, i, wanted, arguments[i], size)
                || KF0804NotContext.IsBrokenByHelper(site, call, i, wanted, arguments[i]) || (RegNames.IsMemory(wanted) && KF0308ObjectOffset.IsInsideSlice(site, call.SpanOf(i), i, arguments[i]))
                || KF0603OutOfBounds.IsTooShortForHelper(site, call, i, wanted, arguments[i], size)) continue;
            if (TakesNull(wanted) || !arguments[i].MayBeNull) continue;
            KF0201UncheckedNullArgument.IsBrokenForHelper(site, call, i, arguments[i]);
        }

        if (name == "bpf_dynptr_from_mem" && arguments.Length > 0) KF0601DynptrState.IsUnsupportedMemory(site, call, arguments[0]);
        return false;
    }

    /// <summary>What a map's value is depends on the map: that of a socket map is a socket; of a map that is not known nothing is asked.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, resolve_map_arg_type.</remarks>
    private static string Resolve(string wanted, RegState[] arguments)
    {
        if (!wanted.StartsWith("ARG_PTR_TO_MAP_VALUE", StringComparison.Ordinal) || arguments[0] is { Type: RegType.ConstPtrToMap, Map.Type: not (SockMap or SockHash) }) return wanted;
        return arguments[0].Map is null ? "ARG_ANYTHING" : "ARG_PTR_TO_BTF_ID_SOCK_COMMON";
    }

    /// <summary>Whether a helper's argument may be NULL, or is no pointer.</summary>
    public static bool TakesNull(string wanted) =>
        !wanted.Contains("PTR", StringComparison.Ordinal) || wanted.Contains("ANYTHING", StringComparison.Ordinal)
        || wanted.Contains("OR_NULL", StringComparison.Ordinal) || wanted.Contains("PTR_MAYBE_NULL", StringComparison.Ordinal);

    /// <summary>Helpers that take a reference away: <c>OBJ_RELEASE</c>.</summary>
    public static void Release(Site site, Call call, HelperSignature signature, RegState[] arguments, string name)
    {
        for (var i = 0; i < arguments.Length && i < signature.Arguments.Length; i++)
        {
            if (!signature.Arguments[i].Contains("OBJ_RELEASE", StringComparison.Ordinal)) continue;
            if (signature.Arguments[i].Contains("DYNPTR", StringComparison.Ordinal))
            {
                ReleaseDynptr(site, arguments[i], name);
                continue;
            }

            if (arguments[i].RefObjId != 0) ReferenceTransfer.Release(site.State, arguments[i].RefObjId, name);
            else if (arguments[i].IsUnknown)
                foreach (var reference in site.State.References) site.State.Escape(reference.Id);
            else KF0103UnownedRelease.IsBrokenByHelper(site, call, i, arguments[i], name);
        }
    }

    private static void ReleaseDynptr(Site site, RegState pointer, string name)
    {
        if (DynptrTransfer.At(site.State, pointer) is not { } slot) return;
        if (slot.RefObjId != 0) ReferenceTransfer.Release(site.State, slot.RefObjId, name);
        if (MemoryTransfer.StackAt(site.State, pointer) is { } memory)
            MemoryTransfer.SetStack(site.State, pointer, memory.Clear(pointer.Offset, DynptrTransfer.Size));
    }

    /// <summary>What the helper may write is known no longer.</summary>
    public static void ForgetMemory(Site site, HelperSignature? signature, RegState[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Type != RegType.PtrToStack) continue;
            var wanted = signature is not null && i < signature.Arguments.Length ? signature.Arguments[i] : "";
            if (wanted.Contains("MEM_RDONLY", StringComparison.Ordinal) || wanted.Contains("MAP_KEY", StringComparison.Ordinal) || wanted.Contains("DYNPTR", StringComparison.Ordinal)) continue;
            if (wanted.Contains("MAP_VALUE", StringComparison.Ordinal) && !wanted.Contains("UNINIT", StringComparison.Ordinal)) continue;
            if (wanted.Contains("STACK", StringComparison.Ordinal)) continue;
            var size = signature is null ? null : SizeAfter(signature, arguments, i);
            MemoryTransfer.Forget(site.State, arguments[i], size);
            if (wanted.Contains("UNINIT_MEM", StringComparison.Ordinal)) MemoryTransfer.FillWithNumbers(site, arguments[i], size);
        }
    }

    /// <summary>How much of a key or value the map that it is for has; null where the argument is neither.</summary>
    private static long? SizeInMap(string wanted, RegState[] arguments) =>
        arguments[0] is not { Type: RegType.ConstPtrToMap, Map: { } map } ? null
        : wanted.StartsWith("ARG_PTR_TO_MAP_VALUE", StringComparison.Ordinal) ? map.ValueSize
        : wanted.StartsWith("ARG_PTR_TO_MAP_KEY", StringComparison.Ordinal) ? map.KeySize : null;

    /// <summary>The constant size that follows a memory argument; null where there is none.</summary>
    private static long? SizeAfter(HelperSignature signature, RegState[] arguments, int index) =>
        index + 1 < signature.Arguments.Length && index + 1 < arguments.Length && signature.Arguments[index + 1].Contains("SIZE", StringComparison.Ordinal)
            ? arguments[index + 1].KnownSize : null;
}
