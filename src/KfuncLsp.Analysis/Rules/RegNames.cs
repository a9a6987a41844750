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
}
