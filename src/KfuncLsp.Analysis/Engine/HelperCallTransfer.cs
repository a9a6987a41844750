using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>A call of a helper, as far as it concerns references, NULL, trust, locks and contexts.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_helper_call.</remarks>
internal static class HelperCallTransfer
{
    /// <summary>Numbers of <c>enum bpf_map_type</c>.</summary>
    private const int Array = 2, PercpuArray = 6, ArrayOfMaps = 12, HashOfMaps = 13, SockMap = 15, SockHash = 18;

    public static bool Apply(PathExplorer explorer, Site site, Call call, HelperCallee helper)
    {
        var state = site.State;
        var arguments = ValueTransfer.Read(state, call.Arguments);
        var name = helper.Name.Length > 0 ? helper.Name : site.Model.Helpers.GetValueOrDefault(helper.Id)?.Name ?? "";
        var signature = site.Model.Helpers.GetValueOrDefault(helper.Id);
        KF0403CallUnderLock.IsBrokenByHelper(site, call, name);
        for (var i = 0; i < arguments.Length; i++)
            if (signature is null || i >= signature.Arguments.Length || !signature.Arguments[i].Contains("ANYTHING", StringComparison.Ordinal)) Precision.Need(state, call.Arguments[i]);

        switch (name)
        {
            case "bpf_spin_lock" when arguments is [var pointer, ..]:
                LockTransfer.Lock(site, call, KF0201UncheckedNullArgument.IsBrokenForHelper(site, call, 0, pointer) ? pointer.WithoutNull() : pointer, ReferenceKind.Lock, name);
                return true;
            case "bpf_spin_unlock" when arguments is [var pointer, ..]:
                LockTransfer.Unlock(site, call, pointer, ReferenceKind.Lock, name);
                return true;
            case "bpf_tail_call":
                ExitChecks.AtTailCall(site, call);
                SetResult(site, call, RegState.Scalar(ScalarRange.Any));
                return true;
            case "bpf_kptr_xchg" when arguments is [var slot, var value, ..]:
                var exchanged = KptrTransfer.Exchange(site, call, slot, value);
                SetResult(site, call, exchanged);
                return true;
        }

        if (signature is not null && !KF0401SleepableInNonSleepable.IsBrokenByHelper(site, call, signature)) KF0402SleepableInCriticalSection.IsBrokenByHelper(site, call, signature);
        if (name == "bpf_set_retval" && arguments is [var returned, ..]) KF0415ReturnValue.AtSetRetval(site, call, returned);
        KF0805WrongMap.IsBrokenByHelper(site, call, name, arguments);
        if (signature is not null) KF0705NonGplProgram.IsBrokenByHelper(site, call, signature);
        var isOverwriting = signature is not null && HelperArguments.Check(site, call, signature, arguments, name);
        if (signature is not null) HelperArguments.Release(site, call, signature, arguments, name);
        if (!isOverwriting) HelperArguments.ForgetMemory(site, signature, arguments);
        HelperCallbacks.Push(explorer, site, call, name, arguments);
        if (PacketChanges.ByHelper(name) || (name == "bpf_dynptr_write" && DynptrTransfer.At(state, arguments[0]) is { Name: "skb" or "skb_meta" })) DynptrTransfer.InvalidatePackets(state);
        SetResult(site, call, ResultOf(site, call, name, signature, arguments));
        return true;
    }

    /// <summary>The argument that is the most such a helper returns, by index; else it returns an error.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, do_refine_retval_range.</remarks>
    private static int? SizeArgument(string name) => name switch
    {
        "bpf_probe_read_str" or "bpf_probe_read_kernel_str" or "bpf_probe_read_user_str" => 1,
        "bpf_get_stack" or "bpf_get_task_stack" => 2,
        _ => null,
    };

    private static void SetResult(Site site, Call call, RegState value)
    {
        if (call.Result is { } result) site.State.Top.Locals[result] = value;
    }

    private static RegState ResultOf(Site site, Call call, string name, HelperSignature? signature, RegState[] arguments)
    {
        if (name is "bpf_dynptr_from_mem" or "bpf_ringbuf_reserve_dynptr") return MakeDynptr(site, call, name, arguments);
        if (signature is null) return RegState.Unknown;
        var wanted = signature.Return;
        var mayBeNull = wanted.Contains("OR_NULL", StringComparison.Ordinal) || wanted.Contains("PTR_MAYBE_NULL", StringComparison.Ordinal) ? TypeFlags.PtrMaybeNull : TypeFlags.None;
        // The verifier knows how many CPUs there are: with one, this is the constant 0.
        if (name == "bpf_get_smp_processor_id") return RegState.Scalar(new(0, int.MaxValue), isRuntime: false) with { Term = new UnknownTerm(ScalarRange.Bool) };
        // Newer kernels know which results a program of its type may have set.
        if (name == "bpf_get_retval") return RegState.Scalar(ScalarRange.Of(new IntType(32, IsSigned: true)), isRuntime: false);
        if (SizeArgument(name) is { } size && size < arguments.Length && arguments[size] is { IsScalar: true, Range: { Min: >= 0, Max: var most } }) return RegState.Scalar(ScalarRange.Errors with { Max = most });
        if (wanted.Contains("INTEGER", StringComparison.Ordinal)) return RegState.Scalar(call.Prototype.Return is IntType { IsSigned: false } type ? ScalarRange.Of(type) : ScalarRange.Any);
        if (wanted.Contains("MAP_VALUE", StringComparison.Ordinal)) return MapValue(site, call, arguments, mayBeNull, name);

        var isAcquired = IsAcquiring(name);
        RegState value;
        if (name is "bpf_per_cpu_ptr" or "bpf_this_cpu_ptr")
        {
            if (PerCpuVariable(site, arguments) is not { } variable) return RegState.Unknown;
            value = variable;
        }
        else if (wanted.Contains("TCP_SOCK", StringComparison.Ordinal)) value = new(RegType.PtrToTcpSock);
        else if (wanted.Contains("SOCK_COMMON", StringComparison.Ordinal)) value = new(RegType.PtrToSockCommon);
        else if (wanted.Contains("SOCKET", StringComparison.Ordinal)) value = new(RegType.PtrToSocket);
        else if (wanted.Contains("PTR_TO_BTF_ID", StringComparison.Ordinal) || wanted.Contains("MEM_OR_BTF_ID", StringComparison.Ordinal))
        {
            if (!signature.BtfTypes.TryGetValue(-1, out var structName)) return RegState.Unknown;
            var trust = wanted.Contains("PTR_TRUSTED", StringComparison.Ordinal) || wanted.Contains("_TRUSTED", StringComparison.Ordinal) || name == "bpf_get_current_task_btf" ? TypeFlags.PtrTrusted : TypeFlags.None;
            value = new(RegType.PtrToBtfId) { Struct = structName, Flags = site.Traits.HasTrustedPointers ? trust : TypeFlags.None };
        }
        else if (wanted.Contains("RINGBUF_MEM", StringComparison.Ordinal) || name == "bpf_ringbuf_reserve")
        {
            value = new(RegType.PtrToMem) { MemSize = arguments.Length > 1 ? arguments[1].KnownSize ?? -1 : -1 };
        }
        else if (name == "bpf_dynptr_data") return DynptrData(site, arguments);
        else return RegState.Unknown;

        var id = isAcquired ? ReferenceTransfer.Acquire(site, call, ReferenceKind.Pointer, name, value.Struct) : site.Program.NextId();
        return value with { Flags = value.Flags | mayBeNull, Id = id, RefObjId = isAcquired ? id : ParentReference(name, arguments), Source = name };
    }

    /// <summary>One CPU's copy of a kernel variable: an object, or memory that can only be read.</summary>
    private static RegState? PerCpuVariable(Site site, RegState[] arguments)
    {
        if (arguments is not [{ Object: var name, Offset: 0 }, ..] || !site.Program.Unit.Globals.TryGetValue(name, out var variable) || variable.Section != ".ksyms") return null;
        if (variable.Type is StructType type) return new(RegType.PtrToBtfId) { Struct = type.Name };
        return variable.Type.Size > 0 ? new(RegType.PtrToMem) { MemSize = variable.Type.Size, Flags = TypeFlags.MemRdonly } : null;
    }

    private static bool IsAcquiring(string name) =>
        name is "bpf_sk_lookup_tcp" or "bpf_sk_lookup_udp" or "bpf_skc_lookup_tcp" or "bpf_ringbuf_reserve";

    /// <summary>Helpers that cast a socket: the result lives as long as what it was made from.</summary>
    private static int ParentReference(string name, RegState[] arguments) =>
        name is "bpf_sk_fullsock" or "bpf_tcp_sock" or "bpf_skc_to_tcp_sock" or "bpf_skc_to_tcp6_sock" or "bpf_skc_to_udp6_sock"
            or "bpf_skc_to_tcp_timewait_sock" or "bpf_skc_to_tcp_request_sock" or "bpf_skc_to_unix_sock" or "bpf_skc_to_mptcp_sock" or "bpf_get_listener_sock"
            && arguments is [var socket, ..] && name != "bpf_get_listener_sock" ? socket.RefObjId : 0;

    private static RegState MapValue(Site site, Call call, RegState[] arguments, TypeFlags mayBeNull, string name)
    {
        if (arguments is not [{ Type: RegType.ConstPtrToMap, Map: { } map }, ..]) return RegState.Unknown;
        var id = site.Program.NextId();
        if (map.Type is ArrayOfMaps or HashOfMaps)
            return new(RegType.ConstPtrToMap) { Map = map.Inner, Object = map.Inner?.Name ?? "", Flags = mayBeNull, Id = id, Source = name };
        if (name == "bpf_map_lookup_elem" && map.Type is SockMap or SockHash)
        {
            var reference = ReferenceTransfer.Acquire(site, call, ReferenceKind.Pointer, name, "");
            return new(RegType.PtrToSocket) { Flags = TypeFlags.PtrMaybeNull, Id = reference, RefObjId = reference, Source = name };
        }

        if (name == "bpf_map_lookup_elem" && KeyIsInRange(site, map, arguments)) mayBeNull = TypeFlags.None;
        if (name == "bpf_map_lookup_elem" && map.Type is not (1 or 2 or 5 or 6 or 9 or 10 or 11 or 19 or 23 or 24 or 29)) return RegState.Unknown;
        return new(RegType.PtrToMapValue)
        {
            Map = map, Object = map.Name, Flags = mayBeNull, Id = id, Source = name,
            Struct = (map.Value as StructType)?.Name ?? "",
            MemSize = map.ValueSize,
        };
    }

    /// <summary>Newer kernels know that an array has the element of a small constant key; where the key is not followed nothing is said.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, get_constant_map_key; check_stack_write_fixed_off keeps a number only where it begins a slot, zero anywhere.</remarks>
    private static bool KeyIsInRange(Site site, MapDef map, RegState[] arguments)
    {
        if (!site.Traits.KnowsConstantKeys || map.Type is not (Array or PercpuArray) || arguments is not [_, var key, ..]) return false;
        if (MemoryTransfer.StackAt(site.State, key) is not { } memory) return true;
        Precision.NeedMemory(site.State, key);
        if (memory.At(key.Offset) is not { Kind: SlotKind.Spill } slot) return true;
        if (slot.Value.ConstValue is not { } index) return !slot.Value.IsRuntimeValue;
        return index >= 0 && index < map.MaxEntries && (index == 0 || slot.Size != 4 || !StackLayout.IsSurelyUpperHalf(site, key));
    }

    private static RegState MakeDynptr(Site site, Call call, string name, RegState[] arguments)
    {
        var kind = name == "bpf_dynptr_from_mem" ? "local" : "ringbuf";
        if (arguments is [.., var target])
        {
            var id = kind == "ringbuf" ? ReferenceTransfer.Acquire(site, call, ReferenceKind.Dynptr, name, "") : 0;
            DynptrTransfer.Create(site, target, kind, id);
        }

        return RegState.AnyScalar with { IsRuntimeValue = true };
    }

    private static RegState DynptrData(Site site, RegState[] arguments)
    {
        if (arguments is not [var pointer, ..]) return RegState.Unknown;
        var slot = DynptrTransfer.At(site.State, pointer);
        return new(RegType.PtrToMem)
        {
            Flags = TypeFlags.PtrMaybeNull, Id = site.Program.NextId(), RefObjId = slot?.RefObjId ?? 0, LenderId = slot?.Id ?? 0,
            MemSize = arguments.Length > 2 ? arguments[2].KnownSize ?? -1 : -1, Source = "bpf_dynptr_data",
        };
    }
}
