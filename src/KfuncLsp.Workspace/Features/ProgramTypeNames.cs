using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Workspace.Features;

/// <summary>Program types as people write them.</summary>
public static class ProgramTypeNames
{
    /// <summary>The kernel's name without <c>BPF_PROG_TYPE_</c>: <c>SCHED_CLS</c>.</summary>
    public static string Of(ProgramType type) => KernelNames.Spell(type);
}
