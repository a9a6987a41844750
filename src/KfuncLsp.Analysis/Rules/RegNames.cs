using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Rules;

/// <summary>How the kernel prints a register's type.</summary>
/// <remarks>Source: kernel/bpf/log.c, reg_type_str.</remarks>
internal static class RegNames
{
    public static string Of(RegState value)
    {
        var prefix = (value.Is(TypeFlags.MemRdonly) ? "rdonly_" : "") + (value.Is(TypeFlags.MemUser) ? "user_" : "") + (value.Is(TypeFlags.MemPercpu) ? "percpu_" : "")
            + (value.Is(TypeFlags.PtrUntrusted) ? "untrusted_" : "") + (value.Is(TypeFlags.MemRcu) ? "rcu_" : "") + (value.Is(TypeFlags.PtrTrusted) ? "trusted_" : "");
        var name = value.Type switch
        {
            RegType.Scalar => "scalar", RegType.PtrToCtx => "ctx", RegType.ConstPtrToMap => "map_ptr", RegType.PtrToMapValue => "map_value",
            RegType.PtrToStack => "fp", RegType.PtrToBtfId => "ptr_", RegType.PtrToMem => "mem", RegType.PtrToPacket => "pkt", RegType.PtrToFunc => "func",
            RegType.PtrToSockCommon => "sock_common", RegType.PtrToSocket => "sock", RegType.PtrToTcpSock => "tcp_sock", RegType.ConstPtrToDynptr => "dynptr_ptr",
            _ => "unknown",
        };
        var suffix = value.MayBeNull ? value.IsObject ? "or_null_" : "_or_null" : "";
        return prefix + name + suffix;
    }

    /// <summary>What a helper's argument may be, in the kernel's words; null where it takes something else than memory or an object.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, compatible_reg_types.</remarks>
    public static string? ExpectedBy(Site site, string wanted) =>
        wanted.Contains("OBJ_RELEASE", StringComparison.Ordinal) ? null
        : IsMemory(wanted) ? "fp, pkt, pkt_meta, map_key, map_value, mem, ringbuf_mem, buf, trusted_ptr_" + (site.Traits.ArgumentsAreRegisters ? ", ctx" : "")
        : wanted.StartsWith("ARG_PTR_TO_PERCPU_BTF_ID", StringComparison.Ordinal) ? "percpu_ptr_, percpu_rcu_ptr_, percpu_trusted_ptr_"
        : wanted.StartsWith("ARG_PTR_TO_BTF_ID_SOCK_COMMON", StringComparison.Ordinal) ? "sock_common, sock, tcp_sock, xdp_sock, ptr_, trusted_ptr_"
        : wanted.StartsWith("ARG_PTR_TO_BTF_ID", StringComparison.Ordinal) ? "ptr_, trusted_ptr_, rcu_ptr_"
        : null;

    /// <summary>Whether a helper's argument is plain memory.</summary>
    public static bool IsMemory(string wanted) =>
        wanted.StartsWith("ARG_PTR_TO_MEM", StringComparison.Ordinal) || wanted.StartsWith("ARG_PTR_TO_UNINIT_MEM", StringComparison.Ordinal) || wanted.StartsWith("ARG_PTR_TO_FIXED_SIZE_MEM", StringComparison.Ordinal)
        || wanted.StartsWith("ARG_PTR_TO_MAP_KEY", StringComparison.Ordinal) || wanted.StartsWith("ARG_PTR_TO_MAP_VALUE", StringComparison.Ordinal);
}
