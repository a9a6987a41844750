using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Externs of the <c>.kconfig</c> section that libbpf answers itself: frozen numbers to the verifier.</summary>
/// <remarks>Source: libbpf, bpf_object__resolve_externs. What the kernel's configuration file answers is not known here.</remarks>
internal static class KernelConfig
{
    /// <summary>What a load gives; null where it is not known.</summary>
    public static RegState? ValueOf(ProgramContext program, GlobalVar global) => global.Name switch
    {
        "LINUX_KERNEL_VERSION" => RegState.Scalar(new(program.Model.Version.Codes.First, program.Model.Version.Codes.Last), isRuntime: false),
        // Every kernel that is modelled has them, on the architectures that BPF programs are written for.
        "LINUX_HAS_BPF_COOKIE" or "LINUX_HAS_SYSCALL_WRAPPER" => RegState.Const(1),
        _ => null,
    };
}
