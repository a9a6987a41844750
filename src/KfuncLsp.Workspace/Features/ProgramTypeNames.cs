using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Workspace.Features;

/// <summary>Program types and flags as people write them.</summary>
public static class ProgramTypeNames
{
    /// <summary>The kernel's name without <c>BPF_PROG_TYPE_</c>: <c>SCHED_CLS</c>.</summary>
    public static string Of(ProgramType type) => KernelNames.Spell(type);

    /// <summary>The kernel's name of a <c>KF_*</c> flag: <c>KF_RET_NULL</c>.</summary>
    public static string Of(KfuncFlags flag) => KfuncWords.FlagNames(flag);
}
